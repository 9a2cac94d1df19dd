// outdial reload: the running daemon reads the campaign files again; a faulty file changes nothing and says why.

import { reloaded } from '../../http/wire/wire.ts';
import type { AddCommands } from '../add-commands.ts';

export const reloadCommand: AddCommands = (parent, carryOf) => {
  const command = parent.command('reload').description('make the daemon read the campaign files again');
  command.action(() =>
    carryOf(command)(async (context) => {
      const data = await (await context.daemon()).post(reloaded, '/reload');
      return { data, text: data.campaigns === 1 ? '1 campaign is loaded.' : `${data.campaigns} campaigns are loaded.` };
    }),
  );
};
