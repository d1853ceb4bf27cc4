# Python's `srp` behind a list of jobs: JSON on standard input, JSON on standard output.
# Its two back ends, OpenSSL (_ctsrp) and plain Python (_pysrp), do not always agree, so a job names one.
import importlib, json, sys

HASHES = {"sha1": "SHA1", "sha224": "SHA224", "sha256": "SHA256", "sha384": "SHA384", "sha512": "SHA512"}


def run(job):
    srp = importlib.import_module("srp." + job["backend"])
    srp.rfc5054_enable(job["rfc5054"])
    srp.no_username_in_x(job.get("noUsername", False))
    how = {"hash_alg": getattr(srp, HASHES[job["hash"]]), "ng_type": getattr(srp, "NG_%d" % job["bits"])}
    given = {name: bytes.fromhex(job[name]) for name in ("salt", "a", "b", "A", "B", "M1", "M2", "password")}

    user = srp.User(job["username"], given["password"], bytes_a=given["a"], **how)
    A = user.start_authentication()[1]
    M1 = user.process_challenge(given["salt"], given["B"])
    if M1 is None:
        return {"refused": "B"}
    user.verify_session(given["M2"])

    # It draws its own salts: the verifier is made from the client's x instead, which is what its own function does.
    v = int.to_bytes(pow(number(user.g), number(user.x), number(user.N)), job["bits"] // 8, "big")
    server = srp.Verifier(job["username"], given["salt"], v, given["A"], bytes_b=given["b"], **how)
    s, B = server.get_challenge()
    if B is None:
        return {"refused": "A"}
    M2 = server.verify_session(given["M1"])
    return {
        "v": v.hex(), "A": A.hex(), "M1": M1.hex(), "clientAccepts": user.authenticated(),
        "clientKey": user.K.hex(), "B": B.hex(), "s": s.hex(),
        "M2": M2.hex() if M2 else None, "serverKey": server.K.hex(),
    }


def number(value):
    """An integer of either back end: a Python int, or a BIGNUM of OpenSSL."""
    if isinstance(value, int):
        return value
    return int.from_bytes(importlib.import_module("srp._ctsrp").bn_to_bytes(value), "big")


print(json.dumps([run(job) for job in json.load(sys.stdin)]))
