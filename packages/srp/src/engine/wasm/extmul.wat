;; Montgomery arithmetic modulo an odd N of 512 to 8192 bits, on products of 32-bit integers (SIMD).
;; `node tools/workspace/build-wasm.mjs` makes extmul-code.ts of it. fma.wat does the same with doubles.
;;
;; A number is n digits d of w bits, least first, each in 32 bits: value = sum of d[i] * 2^(w i). n is a multiple of 8 and
;; R = 2^(w n) >= 2^8 * N. At address x lie n digits with 32 zero bytes below and above: a slot.
;;
;; i64x2.extmul_low_i32x4_u and its counterpart for the high half multiply two pairs of digits in full. A column is a sum
;; of 64 bits: no carry is needed inside as long as 2 n (2^w - 1)^2 and the carry of the column below fit, which holds for
;; w = 28 up to n = 128 (an N of 3576 bits), and for w = 27 at every size here. A test derives these bounds for every size.
;;
;; A residue is any x from 0 to 6 N; a product is at most (6 N)^2 / R + N < 1.2 N. Nothing is compared with N but in `write`.
;;
;; Uniform: addresses and branches depend on n and on addresses that the caller gives, never on a digit. A test follows
;; every load through the text of this file and fails if one reaches an address, a branch, or a select.
;;
;;   0x0020 N              0x0620 -1/N mod R   0x0c20 a square's digits, doubled   0x1220 T mod R   0x1820 q
;;   0x2000 columns        0x3800 columns of q
;;   0x4800 bytes in and out, least first      0x5000 free
;;
;; What takes columns leaves zeros.
(memory (export "memory") 1)
(global $size (export "size") (mut i32) (i32.const 0)) ;; 4 n: the bytes of n digits
(global $width (export "width") (mut i32) (i32.const 28)) ;; w

;; Adds the products of the digits of $a and of the slot $b to the columns at $out, from column $from to $end (both as
;; addresses: times 4). Column k gets a[i] b[k - i], for eight columns in each row i. Below column n the last four rows of a
;; block have digits for its last four columns alone; from column n on, the first four rows for its first four.
(func $columns (param $out i32) (param $a i32) (param $b i32) (param $from i32) (param $end i32)
  (local $row i32) (local $middle i32) (local $stop i32) (local $at i32) (local $digit i32)
  (local $s v128) (local $d v128) (local $c0 v128) (local $c1 v128) (local $c2 v128) (local $c3 v128)
  (loop $block
    (local.set $at (i32.add (local.get $out) (i32.shl (local.get $from) (i32.const 1))))
    (local.set $c0 (v128.load (local.get $at)))
    (local.set $c1 (v128.load offset=16 (local.get $at)))
    (local.set $c2 (v128.load offset=32 (local.get $at)))
    (local.set $c3 (v128.load offset=48 (local.get $at)))
    (if (i32.lt_u (local.get $from) (global.get $size))
      (then
        (local.set $row (local.get $a))
        (local.set $digit (i32.add (local.get $b) (local.get $from)))
        (local.set $middle (i32.add (local.get $row) (i32.add (local.get $from) (i32.const 16))))
        (local.set $stop (i32.add (local.get $middle) (i32.const 16))))
      (else
        (local.set $stop (i32.add (local.get $a) (global.get $size)))
        (local.set $middle (local.get $stop))
        (local.set $row (i32.add (local.get $a) (i32.add (i32.sub (local.get $from) (global.get $size)) (i32.const 4))))
        (local.set $digit (i32.add (local.get $b) (i32.sub (global.get $size) (i32.const 4))))
        (local.set $at (i32.add (local.get $row) (i32.const 16)))
        (loop $first
          (local.set $s (v128.load32_splat (local.get $row)))
          (local.set $d (v128.load align=4 (local.get $digit)))
          (local.set $c0 (i64x2.add (local.get $c0) (i64x2.extmul_low_i32x4_u (local.get $s) (local.get $d))))
          (local.set $c1 (i64x2.add (local.get $c1) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
          (local.set $digit (i32.sub (local.get $digit) (i32.const 4)))
          (br_if $first (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $at))))
        (local.set $at (i32.add (local.get $out) (i32.shl (local.get $from) (i32.const 1))))))
    (loop $both
      (local.set $s (v128.load32_splat (local.get $row)))
      (local.set $d (v128.load align=4 (local.get $digit)))
      (local.set $c0 (i64x2.add (local.get $c0) (i64x2.extmul_low_i32x4_u (local.get $s) (local.get $d))))
      (local.set $c1 (i64x2.add (local.get $c1) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
      (local.set $d (v128.load offset=16 align=4 (local.get $digit)))
      (local.set $c2 (i64x2.add (local.get $c2) (i64x2.extmul_low_i32x4_u (local.get $s) (local.get $d))))
      (local.set $c3 (i64x2.add (local.get $c3) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
      (local.set $digit (i32.sub (local.get $digit) (i32.const 4)))
      (br_if $both (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $middle))))
    (block $none
      (br_if $none (i32.ge_u (local.get $row) (local.get $stop)))
      (loop $last
        (local.set $s (v128.load32_splat (local.get $row)))
        (local.set $d (v128.load offset=16 align=4 (local.get $digit)))
        (local.set $c2 (i64x2.add (local.get $c2) (i64x2.extmul_low_i32x4_u (local.get $s) (local.get $d))))
        (local.set $c3 (i64x2.add (local.get $c3) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
        (local.set $digit (i32.sub (local.get $digit) (i32.const 4)))
        (br_if $last (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $stop)))))
    (v128.store (local.get $at) (local.get $c0))
    (v128.store offset=16 (local.get $at) (local.get $c1))
    (v128.store offset=32 (local.get $at) (local.get $c2))
    (v128.store offset=48 (local.get $at) (local.get $c3))
    (br_if $block (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 32))) (local.get $end)))))

;; The 2n columns of the square of the slot $x. With its digits doubled, column k is the sum of 2 x[i] x[k - i] over
;; i < k - i, and x[i]^2 where both are the same digit: in four rows, from m = k / 2 on.
(func $squares (param $x i32)
  (local $from i32) (local $start i32) (local $middle i32) (local $at i32) (local $digit i32)
  (local $s v128) (local $t v128) (local $d v128) (local $c0 v128) (local $c1 v128) (local $c2 v128) (local $c3 v128)
  (loop $double
    (local.set $d (v128.load (i32.add (local.get $x) (local.get $at))))
    (v128.store offset=0xc20 (local.get $at) (i32x4.add (local.get $d) (local.get $d)))
    (br_if $double (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (global.get $size))))
  (loop $block
    (local.set $start (i32.add (i32.sub (local.get $from) (global.get $size)) (i32.const 4)))
    (local.set $start (select (local.get $start) (i32.const 0) (i32.gt_s (local.get $start) (i32.const 0))))
    (local.set $middle (i32.shr_u (local.get $from) (i32.const 1)))
    (local.set $c0 (v128.const i64x2 0 0))
    (local.set $c1 (local.get $c0))
    (local.set $c2 (local.get $c0))
    (local.set $c3 (local.get $c0))
    (local.set $digit (i32.add (local.get $x) (i32.sub (local.get $from) (local.get $start))))
    (block $none
      (br_if $none (i32.ge_u (local.get $start) (local.get $middle)))
      (loop $row
        (local.set $s (v128.load32_splat offset=0xc20 (local.get $start)))
        (local.set $d (v128.load align=4 (local.get $digit)))
        (local.set $c0 (i64x2.add (local.get $c0) (i64x2.extmul_low_i32x4_u (local.get $s) (local.get $d))))
        (local.set $c1 (i64x2.add (local.get $c1) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
        (local.set $d (v128.load offset=16 align=4 (local.get $digit)))
        (local.set $c2 (i64x2.add (local.get $c2) (i64x2.extmul_low_i32x4_u (local.get $s) (local.get $d))))
        (local.set $c3 (i64x2.add (local.get $c3) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
        (local.set $digit (i32.sub (local.get $digit) (i32.const 4)))
        (br_if $row (i32.lt_u (local.tee $start (i32.add (local.get $start) (i32.const 4))) (local.get $middle)))))
    ;; Row m + r begins with column 2 r, where its own digit is taken once, not twice. $t: once, twice, once, twice.
    (local.set $s (v128.load32_splat offset=0xc20 (local.get $middle)))
    (local.set $t (i8x16.shuffle 0 1 2 3 20 21 22 23 8 9 10 11 28 29 30 31
      (v128.load32_splat (i32.add (local.get $x) (local.get $middle))) (local.get $s)))
    (local.set $d (v128.load align=4 (local.get $digit)))
    (local.set $c0 (i64x2.add (local.get $c0) (i64x2.extmul_low_i32x4_u (local.get $t) (local.get $d))))
    (local.set $c1 (i64x2.add (local.get $c1) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
    (local.set $d (v128.load offset=16 align=4 (local.get $digit)))
    (local.set $c2 (i64x2.add (local.get $c2) (i64x2.extmul_low_i32x4_u (local.get $s) (local.get $d))))
    (local.set $c3 (i64x2.add (local.get $c3) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
    (local.set $middle (i32.add (local.get $middle) (i32.const 4)))
    (local.set $s (v128.load32_splat offset=0xc20 (local.get $middle)))
    (local.set $t (i8x16.shuffle 0 1 2 3 20 21 22 23 8 9 10 11 28 29 30 31
      (v128.load32_splat (i32.add (local.get $x) (local.get $middle))) (local.get $s)))
    (local.set $c1 (i64x2.add (local.get $c1)
      (i64x2.extmul_high_i32x4_u (local.get $t) (v128.load align=4 (i32.sub (local.get $digit) (i32.const 4))))))
    (local.set $d (v128.load offset=12 align=4 (local.get $digit)))
    (local.set $c2 (i64x2.add (local.get $c2) (i64x2.extmul_low_i32x4_u (local.get $s) (local.get $d))))
    (local.set $c3 (i64x2.add (local.get $c3) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
    (local.set $middle (i32.add (local.get $middle) (i32.const 4)))
    (local.set $s (v128.load32_splat offset=0xc20 (local.get $middle)))
    (local.set $t (i8x16.shuffle 0 1 2 3 20 21 22 23 8 9 10 11 28 29 30 31
      (v128.load32_splat (i32.add (local.get $x) (local.get $middle))) (local.get $s)))
    (local.set $d (v128.load offset=8 align=4 (local.get $digit)))
    (local.set $c2 (i64x2.add (local.get $c2) (i64x2.extmul_low_i32x4_u (local.get $t) (local.get $d))))
    (local.set $c3 (i64x2.add (local.get $c3) (i64x2.extmul_high_i32x4_u (local.get $s) (local.get $d))))
    (local.set $middle (i32.add (local.get $middle) (i32.const 4)))
    (local.set $s (v128.load32_splat offset=0xc20 (local.get $middle)))
    (local.set $t (i8x16.shuffle 0 1 2 3 20 21 22 23 8 9 10 11 28 29 30 31
      (v128.load32_splat (i32.add (local.get $x) (local.get $middle))) (local.get $s)))
    (local.set $c3 (i64x2.add (local.get $c3)
      (i64x2.extmul_high_i32x4_u (local.get $t) (v128.load offset=4 align=4 (local.get $digit)))))
    (local.set $at (i32.shl (local.get $from) (i32.const 1)))
    (v128.store offset=0x2000 (local.get $at) (local.get $c0))
    (v128.store offset=0x2010 (local.get $at) (local.get $c1))
    (v128.store offset=0x2020 (local.get $at) (local.get $c2))
    (v128.store offset=0x2030 (local.get $at) (local.get $c3))
    (br_if $block (i32.lt_u
      (local.tee $from (i32.add (local.get $from) (i32.const 32))) (i32.shl (global.get $size) (i32.const 1))))))

;; w bits.
(func $mask (result i64)
  (i64.sub (i64.shl (i64.const 1) (call $bits)) (i64.const 1)))
(func $bits (result i64)
  (i64.extend_i32_u (global.get $width)))

;; n columns at $from, and $c, to n digits at $to; the carry comes out.
(func $carry (param $from i32) (param $to i32) (param $c i64) (result i64)
  (local $end i32) (local $mask i64) (local $bits i64)
  (local.set $mask (call $mask))
  (local.set $bits (call $bits))
  (local.set $end (i32.add (local.get $to) (global.get $size)))
  (loop $next
    (local.set $c (i64.add (i64.load (local.get $from)) (local.get $c)))
    (i64.store (local.get $from) (i64.const 0))
    (i64.store32 (local.get $to) (i64.and (local.get $c) (local.get $mask)))
    (local.set $c (i64.shr_u (local.get $c) (local.get $bits)))
    (local.set $from (i32.add (local.get $from) (i32.const 8)))
    (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 4))) (local.get $end))))
  (local.get $c))

;; The 2n columns T, to T / R mod N: q = T (-1/N) mod R, then (T + q N) / R, of which only the upper columns are worked out.
;; The lower half is a multiple of R: its two highest columns, to the nearest, say which.
(func $reduce (param $out i32)
  (local $at i32) (local $c i64)
  (local.set $at (i32.shl (global.get $size) (i32.const 1)))
  (local.set $c (call $carry (i32.const 0x2000) (i32.const 0x1220) (i64.const 0)))
  (call $columns (i32.const 0x3800) (i32.const 0x1220) (i32.const 0x620) (i32.const 0) (global.get $size))
  (drop (call $carry (i32.const 0x3800) (i32.const 0x1820) (i64.const 0)))
  (call $columns
    (i32.const 0x2000) (i32.const 0x1820) (i32.const 0x20)
    (i32.sub (global.get $size) (i32.const 32)) (local.get $at))
  (local.set $c (i64.add (local.get $c) (i64.shr_u
    (i64.add
      (i64.add
        (i64.shr_u
          (i64.add (i64.load offset=0x1ff0 (local.get $at)) (i64.load32_u offset=0x1218 (global.get $size)))
          (call $bits))
        (i64.shl (i64.const 1) (i64.sub (call $bits) (i64.const 1))))
      (i64.add (i64.load offset=0x1ff8 (local.get $at)) (i64.load32_u offset=0x121c (global.get $size))))
    (call $bits))))
  (v128.store offset=0x1fc0 (local.get $at) (v128.const i64x2 0 0))
  (v128.store offset=0x1fd0 (local.get $at) (v128.const i64x2 0 0))
  (v128.store offset=0x1fe0 (local.get $at) (v128.const i64x2 0 0))
  (v128.store offset=0x1ff0 (local.get $at) (v128.const i64x2 0 0))
  (drop (call $carry (i32.add (local.get $at) (i32.const 0x2000)) (local.get $out) (local.get $c))))

;; out = x y / R, of a slot x and the digits of y.
(func (export "multiply") (param $out i32) (param $x i32) (param $y i32)
  (call $columns
    (i32.const 0x2000) (local.get $y) (local.get $x) (i32.const 0) (i32.shl (global.get $size) (i32.const 1)))
  (call $reduce (local.get $out)))

;; out = x x / R, of a slot x.
(func (export "square") (param $out i32) (param $x i32)
  (call $squares (local.get $x))
  (call $reduce (local.get $out)))

;; out = x + factor y, plus 2 N where the factor is -1, so that it is not negative; else the factor is 1. y < 2 N.
(func (export "sum") (param $out i32) (param $x i32) (param $y i32) (param $factor i32)
  (local $c i64) (local $i i32) (local $mask i64) (local $by i64) (local $twice i64)
  (local.set $mask (call $mask))
  (local.set $by (i64.extend_i32_s (local.get $factor)))
  (local.set $twice (i64.sub (i64.const 1) (local.get $by)))
  (loop $next
    (local.set $c (i64.add
      (i64.add (local.get $c) (i64.load32_u (i32.add (local.get $x) (local.get $i))))
      (i64.add
        (i64.mul (i64.load32_u (i32.add (local.get $y) (local.get $i))) (local.get $by))
        (i64.mul (i64.load32_u offset=0x20 (local.get $i)) (local.get $twice)))))
    (i64.store32 (i32.add (local.get $out) (local.get $i)) (i64.and (local.get $c) (local.get $mask)))
    (local.set $c (i64.shr_s (local.get $c) (call $bits)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (global.get $size)))))

;; Entry $index of a table of $count entries, of $size bytes each, a multiple of 32. Every entry is read.
(func (export "select") (param $out i32) (param $table i32) (param $index i32) (param $count i32) (param $size i32)
  (local $entry i32) (local $end i32) (local $stop i32)
  (local $want v128) (local $k v128) (local $mask v128) (local $a v128) (local $b v128)
  (local.set $stop (i32.add (local.get $out) (local.get $size)))
  (local.set $end (i32.add (local.get $table) (i32.mul (local.get $count) (local.get $size))))
  (local.set $want (i32x4.splat (local.get $index)))
  (loop $next
    (local.set $entry (local.get $table))
    (local.set $k (v128.const i64x2 0 0))
    (local.set $a (local.get $k))
    (local.set $b (local.get $k))
    (loop $scan
      (local.set $mask (i32x4.eq (local.get $k) (local.get $want)))
      (local.set $a (v128.or (local.get $a) (v128.and (local.get $mask) (v128.load (local.get $entry)))))
      (local.set $b (v128.or (local.get $b) (v128.and (local.get $mask) (v128.load offset=16 (local.get $entry)))))
      (local.set $k (i32x4.add (local.get $k) (v128.const i32x4 1 1 1 1)))
      (br_if $scan (i32.lt_u (local.tee $entry (i32.add (local.get $entry) (local.get $size))) (local.get $end))))
    (v128.store (local.get $out) (local.get $a))
    (v128.store offset=16 (local.get $out) (local.get $b))
    (local.set $table (i32.add (local.get $table) (i32.const 32)))
    (br_if $next (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 32))) (local.get $stop)))))

;; The bytes at 0x4800, w n bits of them, to digits.
(func (export "read") (param $out i32)
  (local $bit i32) (local $end i32) (local $mask i64)
  (local.set $mask (call $mask))
  (local.set $end (i32.add (local.get $out) (global.get $size)))
  (loop $next
    (i64.store32 (local.get $out) (i64.and
      (i64.shr_u
        (i64.load offset=0x4800 align=1 (i32.shr_u (local.get $bit) (i32.const 3)))
        (i64.extend_i32_u (i32.and (local.get $bit) (i32.const 7))))
      (local.get $mask)))
    (local.set $bit (i32.add (local.get $bit) (global.get $width)))
    (br_if $next (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 4))) (local.get $end)))))

;; x less N where $keep is -1, at 0x1220; the sign, 0 or -1, comes out.
(func $settle (param $x i32) (param $keep i64) (result i64)
  (local $c i64) (local $i i32) (local $mask i64)
  (local.set $mask (call $mask))
  (loop $next
    (local.set $c (i64.sub
      (i64.add (i64.load32_u (i32.add (local.get $x) (local.get $i))) (local.get $c))
      (i64.and (i64.load32_u offset=0x20 (local.get $i)) (local.get $keep))))
    (i64.store32 offset=0x1220 (local.get $i) (i64.and (local.get $c) (local.get $mask)))
    (local.set $c (i64.shr_s (local.get $c) (call $bits)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (global.get $size))))
  (local.get $c))

;; A residue x of at most N, to the one number from 0 to N - 1: bytes at 0x4800, where there are zeros.
(func (export "write") (param $x i32)
  (local $i i32) (local $bit i32) (local $byte i32)
  (drop (call $settle
    (local.get $x)
    (i64.xor (call $settle (local.get $x) (i64.const -1)) (i64.const -1))))
  (loop $next
    (local.set $byte (i32.shr_u (local.get $bit) (i32.const 3)))
    (i64.store offset=0x4800 align=1 (local.get $byte) (i64.or
      (i64.load offset=0x4800 align=1 (local.get $byte))
      (i64.shl
        (i64.load32_u offset=0x1220 (local.get $i))
        (i64.extend_i32_u (i32.and (local.get $bit) (i32.const 7))))))
    (local.set $bit (i32.add (local.get $bit) (global.get $width)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (global.get $size)))))
