// The way to the server: passes bytes on, until it is cut or made deaf to answers.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A port that leads to another one, and can be broken. */
export class Way {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isDeaf = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Opens a way to a port of this machine. */
  static async to(port: number): Promise<Way> {
    const server = createServer();
    const way = new Way(server);
    server.on('connection', (near) => way.#join(near, connect(port, '127.0.0.1')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return way;
  }

  /** The port that it begins at. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Lets questions through and no answer, for a while, and then breaks every connection. */
  async deafen(lastsMs: number): Promise<void> {
    this.#isDeaf = true;
    await new Promise((resolve) => setTimeout(resolve, lastsMs));
    this.#isDeaf = false;
    this.cut();
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, far: Socket): void {
    for (const [from, to] of [[near, far], [far, near]] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        if (from === near || !this.#isDeaf) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}
