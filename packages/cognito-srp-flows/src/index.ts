/**
 * Every sign-in flow and challenge of Amazon Cognito user pools.
 * @module cognito-srp-flows
 */
export type { AbortSignalLike, AnyOperation, CognitoApi, Operation } from './api.js'
export type { AppClient, DeviceStorage, DeviceStore } from './app-client.js'
export {
  type Device,
  type DeviceRequest,
  forgetDevice,
  listDevices,
  rememberDevice,
} from './devices/manage.js'
export { deviceStore, memoryDeviceStore, type WebStorage, webStorageDeviceStore } from './devices/store.js'
export { FlowError, type FlowErrorCode } from './errors.js'
export { type RefreshRequest, refresh } from './refresh.js'
export { resume } from './resume.js'
export { type Flow, type PreferredChallenge, type SignInRequest, signIn } from './sign-in.js'
export type * from './step.js'
