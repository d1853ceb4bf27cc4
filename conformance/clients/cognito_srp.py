"""The SRP of a Cognito user pool in plain Python, written from its formulas: what boto3 and the AWS CLI leave to the caller.

As a program it reads one JSON object and writes one, so that a shell script can do its arithmetic here:

    echo '{"step": "start"}' | python3 cognito_srp.py                      -> a, SRP_A
    echo '{"step": "user", "a": …, "pool_id": …, "password": …, "challenge": {…}}' | …   -> the ChallengeResponses
    echo '{"step": "device", "a": …, "device": {…}, "challenge": {…}}' | …
    echo '{"step": "verifier", "group_key": …, "device_key": …}' | …       -> password, Salt, PasswordVerifier
    echo '{"step": "secret-hash", "username": …, "client_id": …, "secret": …}' | …
    echo '{"step": "totp", "secret": …, "at": …}' | …
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import struct
import sys
import time

# RFC 3526, group 15: 2^3072 - 2^3008 - 1 + 2^64 * (floor(2^2942 pi) + 1690314)
N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D"
    "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D"
    "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G = 2


def encode(number):
    """Java's BigInteger.toByteArray() of a number that is not negative."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def number(data):
    return int.from_bytes(data, "big")


K = number(sha256(encode(N), encode(G)))


def start():
    a = number(os.urandom(32))
    return a, pow(G, a, N)


def exponent(salt, identity, password):
    return number(sha256(encode(salt), sha256(identity.encode(), b":", password.encode())))


def claim(a, identity, password, challenge):
    """The three ChallengeResponses that answer PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER."""
    A, B = pow(G, a, N), int(challenge["SRP_B"], 16)
    if B % N == 0:
        raise ValueError("SRP_B is 0 modulo N")
    u = number(sha256(encode(A), encode(B)))
    x = exponent(int(challenge["SALT"], 16), identity, password)
    S = pow((B - K * pow(G, x, N)) % N, a + u * x, N)
    # HKDF-SHA256 of one block, cut to 16 bytes.
    extracted = hmac.new(encode(u), encode(S), "sha256").digest()
    key = hmac.new(extracted, b"Caldera Derived Key\x01", "sha256").digest()[:16]
    now = datetime.datetime.utcnow()
    timestamp = now.strftime("%a %b ") + str(now.day) + now.strftime(" %H:%M:%S UTC %Y")
    block = challenge["SECRET_BLOCK"]
    message = identity.encode() + base64.b64decode(block) + timestamp.encode()
    return {
        "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(hmac.new(key, message, "sha256").digest()).decode(),
        "PASSWORD_CLAIM_SECRET_BLOCK": block,
        "TIMESTAMP": timestamp,
    }


def user_claim(a, pool_id, password, challenge):
    return claim(a, pool_id.split("_", 1)[1] + challenge["USER_ID_FOR_SRP"], password, challenge)


def device_claim(a, device, challenge):
    return claim(a, device["group_key"] + device["device_key"], device["password"], challenge)


def device_verifier(group_key, device_key):
    """A new device's password, and DeviceSecretVerifierConfig for ConfirmDevice."""
    password = base64.b64encode(os.urandom(40)).decode()
    salt = number(bytes([1 + os.urandom(1)[0] % 127]) + os.urandom(15))
    verifier = pow(G, exponent(salt, group_key + device_key, password), N)
    text = lambda value: base64.b64encode(encode(value)).decode()
    return {"password": password, "Salt": text(salt), "PasswordVerifier": text(verifier)}


def secret_hash(username, client_id, secret):
    return base64.b64encode(hmac.new(secret.encode(), (username + client_id).encode(), "sha256").digest()).decode()


def totp(secret, at=None):
    """RFC 6238's code of six digits, of SHA-1 and 30 seconds."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, "sha1").digest()
    (code,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return "%06d" % ((code & 0x7FFFFFFF) % 1000000)


def main(request):
    step = request["step"]
    if step == "start":
        a, A = start()
        return {"a": "%x" % a, "SRP_A": "%x" % A}
    if step == "user":
        return user_claim(int(request["a"], 16), request["pool_id"], request["password"], request["challenge"])
    if step == "device":
        return device_claim(int(request["a"], 16), request["device"], request["challenge"])
    if step == "verifier":
        return device_verifier(request["group_key"], request["device_key"])
    if step == "secret-hash":
        return {"hash": secret_hash(request["username"], request["client_id"], request["secret"])}
    if step == "totp":
        return {"code": totp(request["secret"], request.get("at"))}
    raise ValueError("no step " + step)


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
