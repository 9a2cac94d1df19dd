// Every route of the API, a file for each noun below routes/.

import { agentAboutRoutes } from './routes/agent-about.ts';
import { agentDeskRoutes } from './routes/agent-desk.ts';
import { agentPhoneRoutes } from './routes/agent-phone.ts';
import { agentRoutes } from './routes/agents.ts';
import { auditRoutes } from './routes/audit.ts';
import { boardRoutes } from './routes/board.ts';
import { callControlRoutes } from './routes/call-controls.ts';
import { callbackRoutes } from './routes/callbacks.ts';
import { campaignFileRoutes } from './routes/campaign-file.ts';
import { campaignRoutes, newCampaignRoutes } from './routes/campaigns.ts';
import { contactRoutes } from './routes/contacts.ts';
import { daemonRoutes } from './routes/daemon.ts';
import { detectionRoutes } from './routes/detection.ts';
import { dispositionRoutes } from './routes/dispositions.ts';
import { doNotCallImportRoutes } from './routes/do-not-call-imports.ts';
import { doNotCallRoutes } from './routes/do-not-call.ts';
import { emergencyRoutes } from './routes/emergencies.ts';
import { exportRoutes } from './routes/exports.ts';
import { filterRoutes } from './routes/filters.ts';
import { forecastRoutes } from './routes/forecasts.ts';
import { groupReportRoutes } from './routes/group-reports.ts';
import { incomingRoutes } from './routes/incoming.ts';
import { listeningRoutes } from './routes/listening.ts';
import { importRoutes, listRoutes } from './routes/lists.ts';
import { outboundRoutes } from './routes/outbound.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { recordRoutes } from './routes/records.ts';
import { reportTableRoutes } from './routes/report-tables.ts';
import { reportRoutes } from './routes/reports.ts';
import { scriptFileRoutes } from './routes/script-files.ts';
import { scriptRoutes } from './routes/scripts.ts';
import { securityRoutes } from './routes/security.ts';
import { sessionRoutes } from './routes/session.ts';
import { supervisingRoutes } from './routes/supervising.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { userRoutes } from './routes/users.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** Each adds its own to the server. */
export const ROUTES = [
  campaignRoutes,
  newCampaignRoutes,
  campaignFileRoutes,
  listRoutes,
  incomingRoutes,
  importRoutes,
  recordRoutes,
  agentRoutes,
  callControlRoutes,
  listeningRoutes,
  supervisingRoutes,
  doNotCallRoutes,
  callbackRoutes,
  dispositionRoutes,
  doNotCallImportRoutes,
  filterRoutes,
  reportRoutes,
  groupReportRoutes,
  scriptRoutes,
  scriptFileRoutes,
  auditRoutes,
  contactRoutes,
  exportRoutes,
  daemonRoutes,
  boardRoutes,
  securityRoutes,
  outboundRoutes,
  emergencyRoutes,
  recordingRoutes,
  detectionRoutes,
  sessionRoutes,
  userRoutes,
  tokenRoutes,
  agentDeskRoutes,
  agentAboutRoutes,
  webhookRoutes,
  reportTableRoutes,
  forecastRoutes,
  agentPhoneRoutes,
];
