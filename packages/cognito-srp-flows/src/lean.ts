/**
 * Sign-in with the challenges that an app names, for bundles that carry no others.
 * @module cognito-srp-flows/lean
 */
export type { AbortSignalLike, AnyOperation, CognitoApi, Operation } from './api.js'
export type { AppClient } from './app-client.js'
export type { ChallengeHandler, Challenges } from './challenges/challenge.js'
export { factorChoices, mfaChoices } from './challenges/choose.js'
export { codes } from './challenges/code.js'
export { customChallenges } from './challenges/custom.js'
export { deviceProofs } from './challenges/device.js'
export { mfaSetups } from './challenges/mfa-setup.js'
export { newPasswords } from './challenges/new-password.js'
export { passkeys } from './challenges/passkey.js'
export { passwordProofs, passwords } from './challenges/password.js'
export type { DeviceCredentials, DeviceKeys, DeviceStorage, DeviceStore } from './devices/types.js'
export { FlowError, type FlowErrorCode } from './errors.js'
export { resumeWith } from './resume.js'
export { type Flow, type PreferredChallenge, type SignInRequest, signInWith } from './sign-in.js'
export type * from './step.js'
