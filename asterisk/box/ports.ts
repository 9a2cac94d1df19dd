// Whether the ports that a box is about to use are free on this machine.

import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { boxPorts } from './layout.ts';
import { HOST } from './render.ts';

function tcpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

function udpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, HOST, () => socket.close(() => resolve(true)));
  });
}

/** Whether the fixed ports of the box with this first port can all be bound now. */
export async function portsAreFree(base: number): Promise<boolean> {
  const ports = boxPorts(base);
  const free = await Promise.all([
    tcpIsFree(ports.ari),
    tcpIsFree(ports.ami),
    udpIsFree(ports.pbxSip),
    udpIsFree(ports.carrierSip),
  ]);
  return free.every(Boolean);
}
