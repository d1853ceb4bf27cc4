/**
 * Every sign-in flow and challenge of Amazon Cognito user pools.
 * @module cognito-srp-flows
 */
export type { AbortSignalLike, AnyOperation, CognitoApi, Operation } from './api.js'
export type { AppClient } from './app-client.js'
export { type ConfirmDeviceRequest, confirmDevice } from './devices/confirm.js'
export {
  type Device,
  type DeviceRequest,
  forgetDevice,
  getDevice,
  listDevices,
  rememberDevice,
} from './devices/manage.js'
export { deviceStore, memoryDeviceStore, type WebStorage, webStorageDeviceStore } from './devices/store.js'
export { removeStoredDevice, type StoredDeviceRequest, storedDevice } from './devices/stored.js'
export type { DeviceCredentials, DeviceKeys, DeviceStorage, DeviceStore } from './devices/types.js'
export { FlowError, type FlowErrorCode } from './errors.js'
export { type RefreshedTokens, type RefreshRequest, refresh } from './refresh.js'
export { resume } from './resume.js'
export { type Flow, type PreferredChallenge, type SignInRequest, signIn } from './sign-in.js'
export type * from './step.js'
