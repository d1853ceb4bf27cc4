// Sign-ins by amazon-cognito-identity-js.
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js'
import { type TestStorage, webStorage } from 'srp6a-tools/testing/web-storage.js'
import { CLIENT_ID, POOL_ID } from './pool.js'

type SignIn = (Username: string, Password: string) => Promise<CognitoUserSession>

/** Make a sign-in by Amazon's client, which keeps what it learns in the storage: without one, in a new one each time. */
export const amazonClient =
  (endpoint: string, storage?: TestStorage): SignIn =>
  (Username, Password) => {
    const Storage = (storage ?? webStorage()) as unknown as ICognitoStorage
    const Pool = new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, endpoint, Storage })
    const user = new CognitoUser({ Username, Pool, Storage })
    return new Promise((onSuccess, onFailure) => {
      user.authenticateUser(new AuthenticationDetails({ Username, Password }), { onSuccess, onFailure })
    })
  }
