// What people read of a building.
import { words } from '../household/fields.ts';

/** Labels of a building, but for roles. */
export const siteLabels = {
  commands: {
    DescribeSite: words('Describe the building', 'وصف المبنى'),
    CommissionRoom: words('Put a room to use', 'تشغيل غرفة'),
    CertifyRoom: words('Record a certificate', 'تسجيل شهادة عزل'),
    TakeRoomOutOfService: words('Take a room out of service', 'إخراج غرفة من الخدمة'),
    ReturnRoomToService: words('Return a room to service', 'إعادة غرفة إلى الخدمة'),
    ReportEquipmentFault: words('Report a fault', 'الإبلاغ عن عطل'),
    RestoreEquipment: words('Record a repair', 'تسجيل إصلاح'),
  },
  events: {
    SiteDescribed: words('Building described', 'وصف المبنى'),
    RoomCommissioned: words('Room put to use', 'شغلت غرفة'),
    RoomCertified: words('Room certified', 'اعتمدت شهادة غرفة'),
    RoomCertificateExpired: words('Certificate of a room ended', 'انتهت شهادة غرفة'),
    RoomTakenOutOfService: words('Room out of service', 'خرجت غرفة من الخدمة'),
    RoomReturnedToService: words('Room in service again', 'عادت غرفة إلى الخدمة'),
    EquipmentFaultReported: words('Equipment faulty', 'أبلغ عن عطل'),
    EquipmentRestored: words('Equipment repaired', 'أصلح عطل'),
  },
  states: {
    known: words('Known', 'معروف'),
    'room.inService': words('In service', 'في الخدمة'),
    'room.outOfService': words('Out of service', 'خارج الخدمة'),
  },
  deadlines: {
    'T-ROOMCERT': words('Certificate to be renewed', 'موعد تجديد الشهادة'),
    'T-ROOMCERT-END': words('End of the certificate', 'انتهاء الشهادة'),
  },
  parts: { room: words('Room', 'غرفة') },
};
