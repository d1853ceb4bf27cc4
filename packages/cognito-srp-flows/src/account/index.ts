/**
 * Accounts: everything about a user that needs the app client but no SRP.
 * @module cognito-srp-flows/account
 */
export type { CodeDelivery } from './fields.js'
export { type MfaPreference, type MfaPreferenceRequest, setMfaPreference, setUpTotp, type TotpSetUp } from './mfa.js'
export {
  type DeletePasskeyRequest,
  deletePasskey,
  listPasskeys,
  type Passkey,
  type PasskeyCreation,
  type PasskeyRegistration,
  registerPasskey,
} from './passkeys.js'
export {
  type ChangePasswordRequest,
  type ConfirmForgotPasswordRequest,
  changePassword,
  confirmForgotPassword,
  forgotPassword,
} from './passwords.js'
export type { CallOptions, NamedRequest, SignedInRequest } from './request.js'
export {
  type ConfirmSignUpRequest,
  confirmSignUp,
  resendCode,
  type SignedUp,
  type SignUpRequest,
  signUp,
} from './sign-up.js'
export { globalSignOut, type RevokeTokenRequest, revokeToken } from './tokens.js'
export {
  type AttributeCodeRequest,
  type DeleteAttributesRequest,
  deleteAttributes,
  deleteUser,
  getUser,
  sendAttributeCode,
  type UpdateUserRequest,
  type UserAccount,
  updateUser,
  type VerifyAttributeRequest,
  verifyAttribute,
} from './user.js'
