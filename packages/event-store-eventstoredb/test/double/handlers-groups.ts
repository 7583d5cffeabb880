// The double's groups: persistent subscriptions to `$all` that hand events to their members.
import { status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { denial, refusal, refusalOf, type Refusal } from './answers.ts';
import { DoubleGroup, type GroupMember } from './group.ts';
import { readEvent, uuidText, type Message } from './protocol.ts';
import type { DoubleState } from './state.ts';

type Groups = Map<string, DoubleGroup>;

/** The methods of the service that the store uses. */
export function groupHandlers(state: DoubleState): UntypedServiceImplementation {
  const groups: Groups = new Map();
  const { persistent } = state.protocol;
  return {
    create: (call: Message, callback: Message) => void create(state, groups, call, callback),
    read: (call: Message) => new Membership(state, groups, call),
    replayParked: (call: Message, callback: Message) => {
      groups.get(call.request.getOptions().getGroupName())?.replayParked();
      callback(null, new persistent.ReplayParkedResp());
    },
  };
}

async function create(
  state: DoubleState, groups: Groups, call: Message, callback: Message,
): Promise<void> {
  const refused = await refusedBy(state, call);
  if (refused === 'silent') return;
  if (refused) return callback(refused);
  const options = call.request.getOptions();
  const name = options.getGroupName();
  if (groups.has(name)) {
    return callback(refusal(status.ALREADY_EXISTS, 'it exists', {
      exception: 'persistent-subscription-exists', 'group-name': name,
    }));
  }
  const all = options.getAll();
  const prefixes = all.getFilter().getStreamIdentifier().getPrefixList();
  const from = BigInt(all.getPosition()?.getCommitPosition() ?? 0);
  const membersMax = options.getSettings().getMaxSubscriberCount() || Number.POSITIVE_INFINITY;
  groups.set(name, new DoubleGroup(state.log, { prefixes, from, membersMax }));
  callback(null, new state.protocol.persistent.CreateResp());
}

/** One call of a member: it asks to join, is handed events, and answers them. */
class Membership implements GroupMember {
  readonly #state: DoubleState;
  readonly #groups: Groups;
  readonly #call: Message;
  #group: DoubleGroup | undefined;
  #isCut = false;
  bufferSize = 0;

  constructor(state: DoubleState, groups: Groups, call: Message) {
    this.#state = state;
    this.#groups = groups;
    this.#call = call;
    state.open.set(call, 'group');
    for (const how of ['cancelled', 'close', 'end', 'error']) {
      call.on(how, () => {
        state.open.delete(call);
        this.#group?.leave(this);
      });
    }
    call.on('data', (request: Message) => {
      const options = request.getOptions();
      void (options ? this.#join(options) : this.#answer(request));
    });
  }

  give({ event, retries }: Parameters<GroupMember['give']>[0]): void {
    const { protocol } = this.#state;
    const response = readEvent(protocol, event, protocol.persistent);
    response.getEvent().setRetryCount(retries);
    this.#call.write(response);
  }

  async #join(options: Message): Promise<void> {
    const { persistent } = this.#state.protocol;
    const refused = await refusedBy(this.#state, this.#call);
    if (refused === 'silent') return;
    const group = this.#groups.get(options.getGroupName());
    if (refused || !group) {
      return void this.#call.emit('error', refused ?? refusal(status.NOT_FOUND, 'no such group', {
        exception: 'persistent-subscription-does-not-exist',
      }));
    }
    if (group.isFull) {
      return void this.#call.emit('error', refusal(status.FAILED_PRECONDITION, 'no more members', {
        exception: 'maximum-subscribers-reached',
      }));
    }
    const confirmation = new persistent.ReadResp.SubscriptionConfirmation();
    confirmation.setSubscriptionId('double');
    const response = new persistent.ReadResp();
    response.setSubscriptionConfirmation(confirmation);
    this.#call.write(response);
    this.bufferSize = options.getBufferSize();
    this.#group = group;
    group.join(this);
  }

  async #answer(request: Message): Promise<void> {
    const { faults, parked, protocol, cut } = this.#state;
    const fault = await faults.take('answer');
    if (this.#isCut) return;
    this.#isCut = fault === 'cut' || fault === 'lose-answer';
    if (fault !== 'cut') {
      const nack = request.getNack();
      const ids: string[] = (request.getAck() ?? nack).getIdsList().map(uuidText);
      const isParked = nack?.getAction() === protocol.persistent.ReadReq.Nack.Action.PARK;
      if (isParked) parked.push(nack.getReason());
      this.#group?.answer(this, ids, isParked);
    }
    if (this.#isCut) cut();
  }
}

async function refusedBy(
  state: DoubleState, call: Message,
): Promise<Refusal | 'silent' | undefined> {
  const denied = denial(state, call.metadata);
  if (denied) return denied;
  const fault = await state.faults.take('group');
  if (fault === 'silent') return fault;
  return fault && refusalOf(state, fault);
}
