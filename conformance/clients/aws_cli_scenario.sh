#!/usr/bin/env bash
# Amazon's example scenario as commands of the AWS CLI, with the arithmetic of SRP done by cognito_srp.py.
# Prints a line for each step; ends at the first reply that is not the service's.
set -euo pipefail
cd "$(dirname "$0")"
USER_NAME=${USER_NAME:-grace}
PASSWORD=Correct-Horse-7-Battery
export AWS_PAGER='' AWS_DEFAULT_REGION=${POOL_ID%%_*} AWS_DEFAULT_OUTPUT=json

cognito() { "${AWS:-/usr/bin/aws}" cognito-idp --endpoint-url "$ENDPOINT" "$@"; }
python() { "${PYTHON:-/usr/bin/python3}" "$@"; }
# field PATH: one value of the JSON on standard input; nothing where there is none.
field() {
  python -c '
import json, sys
value = json.load(sys.stdin)
for name in sys.argv[1].split("."):
    value = value.get(name) if isinstance(value, dict) else None
print("" if value is None else value if isinstance(value, str) else json.dumps(value))' "$1"
}
# object NAME VALUE…: a JSON object of strings; a VALUE that begins with json: is taken as JSON.
object() {
  python -c '
import json, sys
args = sys.argv[1:]
print(json.dumps({n: json.loads(v[5:]) if v.startswith("json:") else v for n, v in zip(args[::2], args[1::2])}))' "$@"
}
merge() { python -c 'import json, sys; print(json.dumps({k: v for a in sys.argv[1:] for k, v in json.loads(a).items()}))' "$@"; }
srp() { object "$@" | python cognito_srp.py; }
secret_hash() { srp step secret-hash username "$1" client_id "$CLIENT_ID" secret "$CLIENT_SECRET" | field hash; }
# with_secret USERNAME JSON: the same with SECRET_HASH, where the client has a secret.
with_secret() {
  if [ -n "${CLIENT_SECRET:-}" ]; then merge "$2" "$(object SECRET_HASH "$(secret_hash "$1")")"; else echo "$2"; fi
}
hash_option() { if [ -n "${CLIENT_SECRET:-}" ]; then printf -- '--secret-hash\n%s\n' "$(secret_hash "$1")"; fi; }
totp() { srp step totp secret "$1" | field code; }
expect() {
  local got
  got=$(field ChallengeName <<<"$1")
  if [ "$got" != "$2" ]; then echo "expected $2, got $1"; exit 1; fi
}
refused() { # refused STEP COMMAND…: the command must fail, and what it says is printed
  local step=$1 message
  shift
  if message=$("$@" 2>&1); then echo "$step: was not refused"; exit 1; fi
  echo "$step: ${message##*operation: }"
}

admin_sign_in() {
  cognito admin-initiate-auth --user-pool-id "$POOL_ID" --client-id "$CLIENT_ID" --auth-flow ADMIN_USER_PASSWORD_AUTH \
    --auth-parameters "$(with_secret "$USER_NAME" "$(object USERNAME "$USER_NAME" PASSWORD "$PASSWORD")")"
}
initiate() { cognito initiate-auth --client-id "$CLIENT_ID" --auth-flow "$1" --auth-parameters "$(with_secret "$USER_NAME" "$2")"; }
respond() { # respond CHALLENGE SESSION JSON
  local session=()
  if [ -n "$2" ]; then session=(--session "$2"); fi
  cognito respond-to-auth-challenge --client-id "$CLIENT_ID" --challenge-name "$1" "${session[@]}" \
    --challenge-responses "$(with_secret "$(field USERNAME <<<"$3")" "$3")"
}
prove_device() { # the reply that asks for it
  local start a reply claim base
  expect "$1" DEVICE_SRP_AUTH
  start=$(srp step start)
  a=$(field a <<<"$start")
  base=$(object USERNAME "$USER_NAME" DEVICE_KEY "$device_key")
  reply=$(respond DEVICE_SRP_AUTH "$(field Session <<<"$1")" "$(merge "$base" "$(object SRP_A "$(field SRP_A <<<"$start")")")")
  expect "$reply" DEVICE_PASSWORD_VERIFIER
  claim=$(srp step device a "$a" device "json:$device" challenge "json:$(field ChallengeParameters <<<"$reply")")
  respond DEVICE_PASSWORD_VERIFIER "$(field Session <<<"$reply")" "$(merge "$base" "$claim")"
}

mapfile -t hash < <(hash_option "$USER_NAME")
cognito sign-up --client-id "$CLIENT_ID" --username "$USER_NAME" --password "$PASSWORD" "${hash[@]}" \
  --user-attributes "Name=email,Value=$USER_NAME@example.com" >/dev/null
echo "signed up"
refused "sign in too early" admin_sign_in
cognito resend-confirmation-code --client-id "$CLIENT_ID" --username "$USER_NAME" "${hash[@]}" >/dev/null
code=$(python -c 'import json, sys, urllib.request
print([m for m in json.load(urllib.request.urlopen(sys.argv[1])) if m["username"] == sys.argv[2]][-1]["code"])' "$ENDPOINT/outbox" "$USER_NAME")
cognito confirm-sign-up --client-id "$CLIENT_ID" --username "$USER_NAME" --confirmation-code "$code" "${hash[@]}" >/dev/null
echo "confirmed: $(cognito admin-get-user --user-pool-id "$POOL_ID" --username "$USER_NAME" | field UserStatus)"

reply=$(admin_sign_in)
expect "$reply" MFA_SETUP
echo "admin sign-in: MFA_SETUP"
reply=$(cognito associate-software-token --session "$(field Session <<<"$reply")")
secret=$(field SecretCode <<<"$reply")
reply=$(cognito verify-software-token --session "$(field Session <<<"$reply")" --user-code "$(totp "$secret")")
echo "verify the authenticator app: $(field Status <<<"$reply")"

reply=$(admin_sign_in)
expect "$reply" SOFTWARE_TOKEN_MFA
echo "admin sign-in again: SOFTWARE_TOKEN_MFA"
reply=$(cognito admin-respond-to-auth-challenge --user-pool-id "$POOL_ID" --client-id "$CLIENT_ID" \
  --challenge-name SOFTWARE_TOKEN_MFA --session "$(field Session <<<"$reply")" \
  --challenge-responses "$(with_secret "$USER_NAME" "$(object USERNAME "$USER_NAME" SOFTWARE_TOKEN_MFA_CODE "$(totp "$secret")")")")
access=$(field AuthenticationResult.AccessToken <<<"$reply")
device_key=$(field AuthenticationResult.NewDeviceMetadata.DeviceKey <<<"$reply")
group_key=$(field AuthenticationResult.NewDeviceMetadata.DeviceGroupKey <<<"$reply")
if [ -z "$device_key" ]; then echo "no new device"; exit 1; fi
echo "signed in, and a new device"

verifier=$(srp step verifier group_key "$group_key" device_key "$device_key")
reply=$(cognito confirm-device --access-token "$access" --device-key "$device_key" --device-name scenario \
  --device-secret-verifier-config "$(object PasswordVerifier "$(field PasswordVerifier <<<"$verifier")" Salt "$(field Salt <<<"$verifier")")")
echo "device confirmed, the user is asked: $(field UserConfirmationNecessary <<<"$reply")"
cognito update-device-status --access-token "$access" --device-key "$device_key" --device-remembered-status remembered >/dev/null
device=$(object device_key "$device_key" group_key "$group_key" password "$(field password <<<"$verifier")")

reply=$(initiate USER_PASSWORD_AUTH "$(object USERNAME "$USER_NAME" PASSWORD "$PASSWORD" DEVICE_KEY "$device_key")")
reply=$(prove_device "$reply")
refresh=$(field AuthenticationResult.RefreshToken <<<"$reply")
echo "signed in with the tracked device: $(field AuthenticationResult.TokenType <<<"$reply")"
refused "refresh without the device's key" initiate REFRESH_TOKEN_AUTH "$(object REFRESH_TOKEN "$refresh")"
reply=$(initiate REFRESH_TOKEN_AUTH "$(object REFRESH_TOKEN "$refresh" DEVICE_KEY "$device_key")")
echo "refreshed: $(field AuthenticationResult.ExpiresIn <<<"$reply") s"

start=$(srp step start)
reply=$(initiate USER_SRP_AUTH "$(object USERNAME "$USER_NAME" SRP_A "$(field SRP_A <<<"$start")" DEVICE_KEY "$device_key")")
expect "$reply" PASSWORD_VERIFIER
claim=$(srp step user a "$(field a <<<"$start")" pool_id "$POOL_ID" password "$PASSWORD" \
  challenge "json:$(field ChallengeParameters <<<"$reply")")
base=$(object USERNAME "$(field ChallengeParameters.USER_ID_FOR_SRP <<<"$reply")" DEVICE_KEY "$device_key")
reply=$(respond PASSWORD_VERIFIER "$(field Session <<<"$reply")" "$(merge "$base" "$claim")")
reply=$(prove_device "$reply")
access=$(field AuthenticationResult.AccessToken <<<"$reply")
echo "signed in by SRP with the tracked device: $(cognito get-user --access-token "$access" | field Username)"

cognito global-sign-out --access-token "$access" >/dev/null
refused "signed out everywhere" cognito get-user --access-token "$access"
