"""Amazon's own example scenario ("sign up a user with MFA and a tracked device") on boto3, against ENDPOINT.

sign up -> confirm -> admin sign-in -> MFA_SETUP -> associate -> verify -> sign in again -> SOFTWARE_TOKEN_MFA
-> confirm device -> sign in with the tracked device -> refresh -> sign out; then the same user by USER_SRP_AUTH.

Prints a line for each step; ends with an exception at the first reply that is not the service's.
"""

import json
import os
import urllib.request

import boto3
import botocore.config
import botocore.exceptions

import cognito_srp as srp

ENDPOINT, POOL, CLIENT = os.environ["ENDPOINT"], os.environ["POOL_ID"], os.environ["CLIENT_ID"]
SECRET = os.environ.get("CLIENT_SECRET")
USER, PASSWORD = os.environ.get("USER_NAME", "grace"), "Correct-Horse-7-Battery"
CLOCK = float(os.environ["AT"]) if os.environ.get("AT") else None

cognito = boto3.client(
    "cognito-idp",
    endpoint_url=ENDPOINT,
    region_name=POOL.split("_")[0],
    aws_access_key_id="local",
    aws_secret_access_key="local",
    config=botocore.config.Config(retries={"max_attempts": 0}),
)


def say(step, what=""):
    print((step + ": " + str(what)) if what != "" else step, flush=True)


def secret(username):
    return {"SecretHash": srp.secret_hash(username, CLIENT, SECRET)} if SECRET else {}


def with_secret(username, parameters):
    return {**parameters, **({"SECRET_HASH": srp.secret_hash(username, CLIENT, SECRET)} if SECRET else {})}


def code_for(username):
    """The code that the emulator did not send."""
    with urllib.request.urlopen(ENDPOINT + "/outbox") as reply:
        messages = [message for message in json.load(reply) if message["username"] == username]
    return messages[-1]["code"]


def expect(reply, challenge):
    if reply.get("ChallengeName") != challenge:
        raise SystemExit("expected %s, got %s" % (challenge, json.dumps(reply, default=str)))
    return reply


def admin_sign_in():
    return cognito.admin_initiate_auth(
        UserPoolId=POOL,
        ClientId=CLIENT,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters=with_secret(USER, {"USERNAME": USER, "PASSWORD": PASSWORD}),
    )


def respond(challenge, responses, session=None):
    return cognito.respond_to_auth_challenge(
        ClientId=CLIENT,
        ChallengeName=challenge,
        ChallengeResponses=with_secret(responses["USERNAME"], responses),
        **({"Session": session} if session else {}),
    )


def prove_device(reply, device):
    """DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER."""
    expect(reply, "DEVICE_SRP_AUTH")
    base = {"USERNAME": USER, "DEVICE_KEY": device["device_key"]}
    a, A = srp.start()
    reply = expect(
        respond("DEVICE_SRP_AUTH", {**base, "SRP_A": "%x" % A}, reply.get("Session")), "DEVICE_PASSWORD_VERIFIER"
    )
    claim = srp.device_claim(a, device, reply["ChallengeParameters"])
    return respond("DEVICE_PASSWORD_VERIFIER", {**base, **claim}, reply.get("Session"))


say("sign up", cognito.sign_up(
    ClientId=CLIENT, Username=USER, Password=PASSWORD,
    UserAttributes=[{"Name": "email", "Value": USER + "@example.com"}], **secret(USER),
)["UserConfirmed"])
try:
    admin_sign_in()
    raise SystemExit("a user who is not confirmed signed in")
except cognito.exceptions.UserNotConfirmedException as error:
    say("sign in too early", error.response["Error"]["Message"])
say("resend", cognito.resend_confirmation_code(ClientId=CLIENT, Username=USER, **secret(USER))["CodeDeliveryDetails"])
cognito.confirm_sign_up(ClientId=CLIENT, Username=USER, ConfirmationCode=code_for(USER), **secret(USER))
say("confirmed", cognito.admin_get_user(UserPoolId=POOL, Username=USER)["UserStatus"])

reply = expect(admin_sign_in(), "MFA_SETUP")
say("admin sign-in", reply["ChallengeName"])
reply = cognito.associate_software_token(Session=reply["Session"])
totp_secret = reply["SecretCode"]
verified = cognito.verify_software_token(Session=reply["Session"], UserCode=srp.totp(totp_secret, CLOCK))
say("verify the authenticator app", verified["Status"])

reply = expect(admin_sign_in(), "SOFTWARE_TOKEN_MFA")
say("admin sign-in again", reply["ChallengeName"])
tokens = cognito.admin_respond_to_auth_challenge(
    UserPoolId=POOL, ClientId=CLIENT, ChallengeName="SOFTWARE_TOKEN_MFA", Session=reply["Session"],
    ChallengeResponses=with_secret(USER, {
        "USERNAME": USER,
        "SOFTWARE_TOKEN_MFA_CODE": srp.totp(totp_secret, CLOCK),
    }),
)["AuthenticationResult"]
metadata = tokens["NewDeviceMetadata"]
say("signed in, and a new device", sorted(metadata))

verifier = srp.device_verifier(metadata["DeviceGroupKey"], metadata["DeviceKey"])
confirmation = cognito.confirm_device(
    AccessToken=tokens["AccessToken"], DeviceKey=metadata["DeviceKey"], DeviceName="scenario",
    DeviceSecretVerifierConfig={name: verifier[name] for name in ("Salt", "PasswordVerifier")},
)
say("device confirmed, the user is asked", confirmation["UserConfirmationNecessary"])
if confirmation["UserConfirmationNecessary"]:
    cognito.update_device_status(
        AccessToken=tokens["AccessToken"], DeviceKey=metadata["DeviceKey"], DeviceRememberedStatus="remembered"
    )
devices = cognito.list_devices(AccessToken=tokens["AccessToken"])["Devices"]
say("devices", len(devices))

device = {
    "device_key": metadata["DeviceKey"],
    "group_key": metadata["DeviceGroupKey"],
    "password": verifier["password"],
}
reply = cognito.initiate_auth(
    ClientId=CLIENT, AuthFlow="USER_PASSWORD_AUTH",
    AuthParameters=with_secret(USER, {"USERNAME": USER, "PASSWORD": PASSWORD, "DEVICE_KEY": device["device_key"]}),
)
tokens = prove_device(reply, device)["AuthenticationResult"]
say("signed in with the tracked device", "no new device" if "NewDeviceMetadata" not in tokens else "A NEW DEVICE")

try:
    cognito.initiate_auth(
        ClientId=CLIENT, AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters=with_secret(USER, {"REFRESH_TOKEN": tokens["RefreshToken"]}),
    )
    raise SystemExit("a refresh token of a tracked device was taken without the device's key")
except cognito.exceptions.NotAuthorizedException as error:
    say("refresh without the device's key", error.response["Error"]["Message"])
refreshed = cognito.initiate_auth(
    ClientId=CLIENT, AuthFlow="REFRESH_TOKEN_AUTH",
    AuthParameters=with_secret(USER, {"REFRESH_TOKEN": tokens["RefreshToken"], "DEVICE_KEY": device["device_key"]}),
)["AuthenticationResult"]
say("refreshed", sorted(refreshed))

# Amazon's example stops here; what it leaves out is the safest of the flows.
def begin_srp(device):
    a, A = srp.start()
    reply = expect(cognito.initiate_auth(
        ClientId=CLIENT, AuthFlow="USER_SRP_AUTH",
        AuthParameters=with_secret(USER, {"USERNAME": USER, "SRP_A": "%x" % A, "DEVICE_KEY": device["device_key"]}),
    ), "PASSWORD_VERIFIER")
    return reply, srp.user_claim(a, POOL, PASSWORD, reply["ChallengeParameters"])


reply, claim = begin_srp(device)
base = {"USERNAME": reply["ChallengeParameters"]["USER_ID_FOR_SRP"], "DEVICE_KEY": device["device_key"]}
wrong = {**claim, "PASSWORD_CLAIM_SIGNATURE": "A" * 43 + "="}
try:
    respond("PASSWORD_VERIFIER", {**base, **wrong}, reply.get("Session"))
    raise SystemExit("a wrong signature signed in")
except cognito.exceptions.NotAuthorizedException as error:
    say("a wrong signature", error.response["Error"]["Message"])
reply, claim = begin_srp(device)
tokens = prove_device(respond("PASSWORD_VERIFIER", {**base, **claim}, reply.get("Session")), device)
tokens = tokens["AuthenticationResult"]
say("signed in by SRP with the tracked device", cognito.get_user(AccessToken=tokens["AccessToken"])["Username"])

cognito.forget_device(AccessToken=tokens["AccessToken"], DeviceKey=device["device_key"])
say("devices after forgetting", len(cognito.list_devices(AccessToken=tokens["AccessToken"])["Devices"]))
cognito.global_sign_out(AccessToken=tokens["AccessToken"])
try:
    cognito.get_user(AccessToken=tokens["AccessToken"])
    raise SystemExit("the access token outlived the sign-out")
except cognito.exceptions.NotAuthorizedException as error:
    say("signed out everywhere", error.response["Error"]["Message"])
