# Cognito's SRP by hashlib, hmac and pow alone: one JSON job a line in, one JSON answer a line out. It plays the service
# where it knows b, S = (A v^u)^b, and the client where B was made of nothing, S = (B - k v)^(a + u x).
import base64, hashlib, hmac, json, sys, time

N = int(
    """
    FFFFFFFF FFFFFFFF C90FDAA2 2168C234 C4C6628B 80DC1CD1 29024E08 8A67CC74 020BBEA6 3B139B22 514A0879 8E3404DD
    EF9519B3 CD3A431B 302B0A6D F25F1437 4FE1356D 6D51C245 E485B576 625E7EC6 F44C42E9 A637ED6B 0BFF5CB6 F406B7ED
    EE386BFB 5A899FA5 AE9F2411 7C4B1FE6 49286651 ECE45B3D C2007CB8 A163BF05 98DA4836 1C55D39A 69163FA8 FD24CF5F
    83655D23 DCA3AD96 1C62F356 208552BB 9ED52907 7096966D 670C354E 4ABC9804 F1746C08 CA18217C 32905E46 2E36CE3B
    E39E772C 180E8603 9B2783A2 EC07A28F B5C55DF0 6F4C52C9 DE2BCBF6 95581718 3995497C EA956AE5 15D22618 98FA0510
    15728E5A 8AAAC42D AD33170D 04507A33 A85521AB DF1CBA64 ECFB8504 58DBEF0A 8AEA7157 5D060C7D B3970F85 A6E1E4C7
    ABF5AE8C DB0933D7 1E8C94E0 4A25619D CEE3D226 1AD2EE6B F12FFA06 D98A0864 D8760273 3EC86A64 521F2B18 177B200C
    BBE11757 7A615D6C 770988C0 BAD946E2 08E24FA0 74E5AB31 43DB5BFC E0FD108E 4B82D120 A93AD2CA FFFFFFFF FFFFFFFF
    """.replace("\n", "").replace(" ", ""),
    16,
)
g = 2
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def enc(n):
    """Java's BigInteger.toByteArray()."""
    return n.to_bytes((n if n >= 0 else ~n).bit_length() // 8 + 1, "big", signed=True)


def utf8(text):
    """A lone surrogate becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")


def H(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def number(data):
    return int.from_bytes(data, "big")


def hkdf16(ikm, salt, info):
    prk = hmac.new(salt, ikm, "sha256").digest()
    return hmac.new(prk, info + b"\x01", "sha256").digest()[:16]


def timestamp(seconds):
    t = time.gmtime(seconds)
    return "%s %s %d %02d:%02d:%02d UTC %d" % (
        DAYS[t.tm_wday], MONTHS[t.tm_mon - 1], t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, t.tm_year)


k = number(H(enc(N), enc(g)))
kept = None  # the last user's x and verifier


def identity(job):
    """x, the inner hash and the verifier, which a user's sign-ins have in common."""
    global kept
    who = (job["scope"], job["userId"], job["password"], job["salt"])
    if kept is None or kept[0] != who:
        inner = H(utf8(job["scope"] + job["userId"] + ":" + job["password"]))
        x = number(H(enc(int(job["salt"], 16)), inner))
        kept = (who, x, inner, pow(g, x, N))
    return kept[1:]


def answer(job):
    x, inner, v = identity(job)
    A = int(job["A"], 16)
    B = int(job["srpB"], 16)
    wrong = []
    if "a" in job and pow(g, int(job["a"], 16), N) != A:
        wrong.append("A")
    u = number(H(enc(A), enc(B)))
    kv = k * v % N
    if "b" in job:
        b = int(job["b"], 16)
        if (kv + pow(g, b, N)) % N != B % N:
            wrong.append("B")
        S = pow(A * pow(v, u, N), b, N)
    else:
        S = pow(B - kv, int(job["a"], 16) + u * x, N)
    key = hkdf16(enc(S), enc(u), b"Caldera Derived Key")
    when = timestamp(job["time"])
    block = job["secretBlock"].replace("-", "+").replace("_", "/")
    block = base64.b64decode(block + "=" * (-len(block) % 4), validate=True)
    M = hmac.new(key, utf8(job["scope"] + job["userId"]) + block + when.encode(), "sha256").digest()
    return {
        "index": job["index"], "wrong": wrong, "timestamp": when, "signature": base64.b64encode(M).decode(),
        "verifier": base64.b64encode(enc(v)).decode(), "saltBytes": base64.b64encode(enc(int(job["salt"], 16))).decode(),
        "v": "%x" % v, "u": "%x" % u, "x": "%x" % x, "S": "%x" % S, "kv": "%x" % kv, "base": "%x" % ((B - kv) % N),
        "inner": inner.hex(), "key": key.hex(), "M": M.hex(),
    }


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
