"""Drive outbox, clock, faults, reset, snapshot and users of a running emulator over HTTP, with nothing but urllib."""
import json
import sys
import urllib.error
import urllib.request

URL, TOKEN = sys.argv[1:]


def send(method, path, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data=data, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)
    except urllib.error.HTTPError as error:
        return json.load(error)


def control(method, path, body=None):
    return send(method, "/_emulator/" + path, body, {"authorization": "Bearer " + TOKEN})


def call(operation, **body):
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService." + operation,
        "authorization": "AWS4-HMAC-SHA256 Credential=local",
    }
    return send("POST", "/", body, headers)


def sign_in(name="ada", password="Correct-Horse-1"):
    parameters = {"USERNAME": name, "PASSWORD": password}
    return call("InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", ClientId="first", AuthParameters=parameters)


def check(what, condition):
    if not condition:
        sys.exit("failed: " + what)
    done.append(what)


done = []
call("ForgotPassword", ClientId="first", Username="ada")
messages = control("GET", "outbox?recipient=ada")["messages"]
control("DELETE", "outbox")
check("outbox", len(messages) == 1 and len(messages[0]["code"]) == 6 and control("GET", "outbox")["messages"] == [])

token = sign_in()["AuthenticationResult"]["AccessToken"]
control("POST", "clock/advance", {"seconds": 3601})
expired = call("GetUser", AccessToken=token)["message"] == "Access Token has expired"
fixed = control("PUT", "clock", {"now": "2030-01-02T03:04:05Z", "frozen": True})
control("DELETE", "clock")
check("clock", expired and fixed == {"now": "2030-01-02T03:04:05.000Z", "frozen": True} and call("GetUser", AccessToken=token)["Username"] == "ada")

control("POST", "faults", {"kind": "throttle", "operation": "InitiateAuth", "times": 2})
throttled = sign_in()["__type"] == "TooManyRequestsException"
control("DELETE", "faults")
check("faults", throttled and "AuthenticationResult" in sign_in())

call("AdminDeleteUser", UserPoolId="us-east-1_First", Username="ada")
gone = "__type" in sign_in()
control("POST", "reset")
check("reset", gone and "AuthenticationResult" in sign_in())

snapshot = control("GET", "snapshot")
call("AdminDeleteUser", UserPoolId="us-east-1_First", Username="ada")
control("PUT", "snapshot", snapshot)
check("snapshot", "AuthenticationResult" in sign_in())

call("SignUp", ClientId="first", Username="grace", Password="Correct-Horse-1")
waiting = sign_in("grace")["__type"] == "UserNotConfirmedException"
control("POST", "users/confirm", {"userPoolId": "us-east-1_First", "username": "grace"})
check("confirm", waiting and "AuthenticationResult" in sign_in("grace"))
print(" ".join(done))
