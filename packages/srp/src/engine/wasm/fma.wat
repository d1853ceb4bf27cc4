;; Montgomery arithmetic modulo an odd N of 512 to 8192 bits, on fused multiply-add of doubles (relaxed SIMD).
;; `node tools/workspace/build-wasm.mjs` makes fma-code.ts of it. extmul.wat does the same with integers.
;;
;; A number is n digits d of 50 bits and a sign, least first, each a double: value = sum of d[i] * 2^(50 i). n is 2 modulo 4
;; and R = 2^(50 n) > 2^10 * N. At address x lie n digits and two zeros, with 32 zero bytes below and above: a slot.
;;
;; A product of two digits has up to 101 bits. Two instructions split it, without a rounding error:
;;   h = a b + C1,            C1 = 1.5 * 2^102: the last bit of h is worth 2^50, so that h = C1 + 2^50 H
;;   l = a b + (C1 + C2 - h), C2 = 1.5 * 2^52:  l = C2 + L with a b = 2^50 H + L and |L| <= 2^49
;; As 64-bit integers, the bits of h are those of C1 plus H, and the bits of l those of C2 plus L. So both are summed up as
;; integers, a row of products for four columns at a time, and what the constants add is taken off in advance: a column
;; gets as many products as it has rows, those of the zeros around a number too.
;;
;; No carry is needed inside, for |a b| < 2^101 (from there on, h would leave the binade of C1) and a column holds at most
;; 2n <= 332 products: its sum and the high sums of the column below stay under 2^60. A carry adds 2^60 + 2^49, to make it
;; positive, and leaves a digit of at most 2^49 + 2^11. A test derives these bounds for every size.
;;
;; All doubles are finite, and 0 or between 1/2 and 2^103: no subnormal, no infinity, no NaN.
;;
;; A residue is any x with |x| < 4 N; a product is below (4 N)^2 / R + 0.51 N < 0.6 N. Nothing is compared with N.
;;
;; Uniform: addresses and branches depend on n and on addresses that the caller gives, never on a digit. A test follows
;; every load through the text of this file and fails if one reaches an address, a branch, or a select.
;;
;;   0x0020 N              0x0620 -1/N mod R   0x0c20 a square's digits, doubled   0x1220 T mod R   0x1820 q
;;   0x1e00 carry: high sums and carries       0x2000 columns    0x3800 columns of q
;;   0x4800 bytes in and out, least first      0x5000 free
;;
;; Columns lie in pairs: two low sums, two high sums, 64 bits each. What takes columns leaves zeros.
(memory (export "memory") 1)
(global $size (export "size") (mut i32) (i32.const 0)) ;; 8 n: the bytes of n digits

;; Adds the products of the digits of $a and of the slot $b to the columns at $out, from column $from to $end (both as
;; addresses: times 8). Column k gets a[i] b[k - i], for four columns in each row i.
(func $columns (param $out i32) (param $a i32) (param $b i32) (param $from i32) (param $end i32)
  (local $start i32) (local $stop i32) (local $rows i64)
  (local $c1 v128) (local $c12 v128) (local $s v128) (local $d v128) (local $h v128)
  (local $lo0 v128) (local $hi0 v128) (local $lo1 v128) (local $hi1 v128)
  (local $at i32) (local $digit i32)
  (local.set $c1 (v128.const f64x2 0x1.8p102 0x1.8p102))
  (local.set $c12 (v128.const f64x2 0x1.8000000000006p102 0x1.8000000000006p102))
  (loop $block
    (local.set $start (i32.add (i32.sub (local.get $from) (global.get $size)) (i32.const 8)))
    (local.set $start (select (local.get $start) (i32.const 0) (i32.gt_s (local.get $start) (i32.const 0))))
    (local.set $stop (i32.add (local.get $from) (i32.const 32)))
    (local.set $stop (select (local.get $stop) (global.get $size) (i32.lt_s (local.get $stop) (global.get $size))))
    (local.set $rows (i64.extend_i32_u (i32.shr_u (i32.sub (local.get $stop) (local.get $start)) (i32.const 3))))
    (local.set $at (i32.add (local.get $out) (i32.shl (local.get $from) (i32.const 1))))
    ;; Less the bits of C2 and C1, once a row.
    (local.set $s (i64x2.splat (i64.mul (local.get $rows) (i64.const 0x4338000000000000))))
    (local.set $h (i64x2.splat (i64.mul (local.get $rows) (i64.const 0x4658000000000000))))
    (local.set $lo0 (i64x2.sub (v128.load (local.get $at)) (local.get $s)))
    (local.set $hi0 (i64x2.sub (v128.load offset=16 (local.get $at)) (local.get $h)))
    (local.set $lo1 (i64x2.sub (v128.load offset=32 (local.get $at)) (local.get $s)))
    (local.set $hi1 (i64x2.sub (v128.load offset=48 (local.get $at)) (local.get $h)))
    (local.set $digit (i32.add (local.get $b) (i32.sub (local.get $from) (local.get $start))))
    (local.set $start (i32.add (local.get $a) (local.get $start)))
    (local.set $stop (i32.add (local.get $a) (local.get $stop)))
    (loop $row
      (local.set $s (v128.load64_splat (local.get $start)))
      (local.set $d (v128.load align=8 (local.get $digit)))
      (local.set $h (f64x2.relaxed_madd (local.get $s) (local.get $d) (local.get $c1)))
      (local.set $hi0 (i64x2.add (local.get $hi0) (local.get $h)))
      (local.set $lo0 (i64x2.add (local.get $lo0)
        (f64x2.relaxed_madd (local.get $s) (local.get $d) (f64x2.sub (local.get $c12) (local.get $h)))))
      (local.set $d (v128.load offset=16 align=8 (local.get $digit)))
      (local.set $h (f64x2.relaxed_madd (local.get $s) (local.get $d) (local.get $c1)))
      (local.set $hi1 (i64x2.add (local.get $hi1) (local.get $h)))
      (local.set $lo1 (i64x2.add (local.get $lo1)
        (f64x2.relaxed_madd (local.get $s) (local.get $d) (f64x2.sub (local.get $c12) (local.get $h)))))
      (local.set $digit (i32.sub (local.get $digit) (i32.const 8)))
      (br_if $row (i32.lt_u (local.tee $start (i32.add (local.get $start) (i32.const 8))) (local.get $stop))))
    (v128.store (local.get $at) (local.get $lo0))
    (v128.store offset=16 (local.get $at) (local.get $hi0))
    (v128.store offset=32 (local.get $at) (local.get $lo1))
    (v128.store offset=48 (local.get $at) (local.get $hi1))
    (br_if $block (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 32))) (local.get $end)))))

;; The 2n columns of the square of the slot $x. With its digits doubled, column k is the sum of 2 x[i] x[k - i] over
;; i < k - i, and half of that where both are the same digit: in two rows, m = k / 2 and the one after it.
(func $squares (param $x i32)
  (local $from i32) (local $start i32) (local $middle i32) (local $rows i64) (local $at i32) (local $digit i32)
  (local $c1 v128) (local $c12 v128) (local $s v128) (local $d v128) (local $h v128)
  (local $lo0 v128) (local $hi0 v128) (local $lo1 v128) (local $hi1 v128)
  (local.set $c1 (v128.const f64x2 0x1.8p102 0x1.8p102))
  (local.set $c12 (v128.const f64x2 0x1.8000000000006p102 0x1.8000000000006p102))
  (loop $double
    (local.set $d (v128.load (i32.add (local.get $x) (local.get $at))))
    (v128.store offset=0xc20 (local.get $at) (f64x2.add (local.get $d) (local.get $d)))
    (br_if $double (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (global.get $size))))
  (loop $block
    (local.set $start (i32.add (i32.sub (local.get $from) (global.get $size)) (i32.const 8)))
    (local.set $start (select (local.get $start) (i32.const 0) (i32.gt_s (local.get $start) (i32.const 0))))
    (local.set $middle (i32.shr_u (local.get $from) (i32.const 1)))
    (local.set $rows (i64.extend_i32_u (i32.shr_u (i32.sub (local.get $middle) (local.get $start)) (i32.const 3))))
    (local.set $at (i32.shl (local.get $from) (i32.const 1)))
    ;; Less the bits of C2 and C1: once a row and the middle one, and once more for the columns on the right.
    (local.set $rows (i64.sub (i64.const -1) (local.get $rows)))
    (local.set $lo0 (i64x2.splat (i64.mul (local.get $rows) (i64.const 0x4338000000000000))))
    (local.set $hi0 (i64x2.splat (i64.mul (local.get $rows) (i64.const 0x4658000000000000))))
    (local.set $lo1 (i64x2.sub (local.get $lo0) (v128.const i64x2 0x4338000000000000 0x4338000000000000)))
    (local.set $hi1 (i64x2.sub (local.get $hi0) (v128.const i64x2 0x4658000000000000 0x4658000000000000)))
    (local.set $digit (i32.add (local.get $x) (i32.sub (local.get $from) (local.get $start))))
    (block $none
      (br_if $none (i32.ge_u (local.get $start) (local.get $middle)))
      (loop $row
        (local.set $s (v128.load64_splat offset=0xc20 (local.get $start)))
        (local.set $d (v128.load align=8 (local.get $digit)))
        (local.set $h (f64x2.relaxed_madd (local.get $s) (local.get $d) (local.get $c1)))
        (local.set $hi0 (i64x2.add (local.get $hi0) (local.get $h)))
        (local.set $lo0 (i64x2.add (local.get $lo0)
          (f64x2.relaxed_madd (local.get $s) (local.get $d) (f64x2.sub (local.get $c12) (local.get $h)))))
        (local.set $d (v128.load offset=16 align=8 (local.get $digit)))
        (local.set $h (f64x2.relaxed_madd (local.get $s) (local.get $d) (local.get $c1)))
        (local.set $hi1 (i64x2.add (local.get $hi1) (local.get $h)))
        (local.set $lo1 (i64x2.add (local.get $lo1)
          (f64x2.relaxed_madd (local.get $s) (local.get $d) (f64x2.sub (local.get $c12) (local.get $h)))))
        (local.set $digit (i32.sub (local.get $digit) (i32.const 8)))
        (br_if $row (i32.lt_u (local.tee $start (i32.add (local.get $start) (i32.const 8))) (local.get $middle)))))
    ;; x[m] times x[m] / 2, x[m + 1]; x[m + 2], x[m + 3]
    (local.set $s (v128.load64_splat offset=0xc20 (local.get $middle)))
    (local.set $d (f64x2.mul (v128.load align=8 (local.get $digit)) (v128.const f64x2 0.5 1)))
    (local.set $h (f64x2.relaxed_madd (local.get $s) (local.get $d) (local.get $c1)))
    (local.set $hi0 (i64x2.add (local.get $hi0) (local.get $h)))
    (local.set $lo0 (i64x2.add (local.get $lo0)
      (f64x2.relaxed_madd (local.get $s) (local.get $d) (f64x2.sub (local.get $c12) (local.get $h)))))
    (local.set $d (v128.load offset=16 align=8 (local.get $digit)))
    (local.set $h (f64x2.relaxed_madd (local.get $s) (local.get $d) (local.get $c1)))
    (local.set $hi1 (i64x2.add (local.get $hi1) (local.get $h)))
    (local.set $lo1 (i64x2.add (local.get $lo1)
      (f64x2.relaxed_madd (local.get $s) (local.get $d) (f64x2.sub (local.get $c12) (local.get $h)))))
    ;; x[m + 1] times x[m + 1] / 2, x[m + 2]
    (local.set $s (v128.load64_splat offset=0xc28 (local.get $middle)))
    (local.set $d (f64x2.mul (v128.load offset=8 align=8 (local.get $digit)) (v128.const f64x2 0.5 1)))
    (local.set $h (f64x2.relaxed_madd (local.get $s) (local.get $d) (local.get $c1)))
    (v128.store offset=0x2000 (local.get $at) (local.get $lo0))
    (v128.store offset=0x2010 (local.get $at) (local.get $hi0))
    (v128.store offset=0x2020 (local.get $at) (i64x2.add (local.get $lo1)
      (f64x2.relaxed_madd (local.get $s) (local.get $d) (f64x2.sub (local.get $c12) (local.get $h)))))
    (v128.store offset=0x2030 (local.get $at) (i64x2.add (local.get $hi1) (local.get $h)))
    (br_if $block (i32.lt_u
      (local.tee $from (i32.add (local.get $from) (i32.const 32))) (i32.shl (global.get $size) (i32.const 1))))))

;; n columns at $from to n digits at $to. In the upper lanes, $high has the high sum of the column below and $carry the carry
;; out of it, with 2^10 on top; those of the last column are left at 0x1e00.
;; column + 2^60 + 2^49 = c 2^50 + rest; the digit is rest - 2^49, plus c - 2^10 of the column below.
(func $carry (param $from i32) (param $to i32) (param $high v128) (param $carry v128)
  (local $next v128) (local $column v128) (local $end i32)
  (local.set $end (i32.add (local.get $to) (global.get $size)))
  (loop $pair
    (local.set $next (v128.load offset=16 (local.get $from)))
    (local.set $column (i64x2.add
      (i64x2.add (v128.load (local.get $from)) (v128.const i64x2 0x1002000000000000 0x1002000000000000))
      (i8x16.shuffle 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 (local.get $high) (local.get $next))))
    (local.set $high (local.get $next))
    (local.set $next (i64x2.shr_u (local.get $column) (i32.const 50)))
    ;; The bits of 2^52 make a double of an integer.
    (v128.store (local.get $to) (f64x2.sub
      (i64x2.add
        (i64x2.add
          (v128.and (local.get $column) (v128.const i64x2 0x3ffffffffffff 0x3ffffffffffff))
          (v128.const i64x2 0x4330000000000000 0x4330000000000000))
        (i8x16.shuffle 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 (local.get $carry) (local.get $next)))
      (v128.const f64x2 0x1.20000000004p52 0x1.20000000004p52))) ;; 2^52 + 2^49 + 2^10
    (local.set $carry (local.get $next))
    (v128.store (local.get $from) (v128.const i64x2 0 0))
    (v128.store offset=16 (local.get $from) (v128.const i64x2 0 0))
    (local.set $from (i32.add (local.get $from) (i32.const 32)))
    (br_if $pair (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end))))
  (v128.store offset=0x1e00 (i32.const 0) (local.get $high))
  (v128.store offset=0x1e10 (i32.const 0) (local.get $carry)))

;; A double below 2^51 as an integer: by addition, which takes the same time for all.
(func $integer (param $at i32) (result i64)
  (i64.sub
    (i64x2.extract_lane 0 (f64x2.add (v128.load64_splat (local.get $at)) (v128.const f64x2 0x1.8p52 0x1.8p52)))
    (i64.const 0x4338000000000000)))

;; The 2n columns T, to T / R mod N: q = T (-1/N) mod R, then (T + q N) / R, of which only the upper columns are worked out.
;; The lower half is a multiple of R: its highest column and the high sum below, to the nearest, say which.
(func $reduce (param $out i32)
  (local $last i32) (local $high v128) (local $carry v128)
  (local.set $carry (v128.const i64x2 1024 1024))
  (call $carry (i32.const 0x2000) (i32.const 0x1220) (local.get $high) (local.get $carry))
  (call $columns
    (i32.const 0x3800) (i32.const 0x1220) (i32.const 0x620) (i32.const 0) (i32.add (global.get $size) (i32.const 16)))
  (local.set $high (v128.load offset=0x1e00 (i32.const 0)))
  (local.set $last (i32.shl (global.get $size) (i32.const 1)))
  ;; Two columns more than n.
  (v128.store offset=0x3800 (local.get $last) (v128.const i64x2 0 0))
  (v128.store offset=0x3810 (local.get $last) (v128.const i64x2 0 0))
  (local.set $carry (v128.load offset=0x1e10 (i32.const 0)))
  (call $carry (i32.const 0x3800) (i32.const 0x1820) (v128.const i64x2 0 0) (v128.const i64x2 1024 1024))
  (call $columns
    (i32.const 0x2000) (i32.const 0x1820) (i32.const 0x20)
    (i32.sub (global.get $size) (i32.const 16)) (i32.shl (global.get $size) (i32.const 1)))
  (local.set $carry (i64x2.add (local.get $carry) (i64x2.splat (i64.shr_s
    (i64.add
      (i64.add (i64.load offset=0x1fe8 (local.get $last)) (i64.load offset=0x1ff0 (local.get $last)))
      (i64.add (call $integer (i32.add (global.get $size) (i32.const 0x1218))) (i64.const 0x2000000000000)))
    (i64.const 50)))))
  (local.set $high (i64x2.add (local.get $high) (v128.load offset=0x1ff0 (local.get $last))))
  (v128.store offset=0x1fe0 (local.get $last) (v128.const i64x2 0 0))
  (v128.store offset=0x1ff0 (local.get $last) (v128.const i64x2 0 0))
  (call $carry
    (i32.add (local.get $last) (i32.const 0x2000)) (local.get $out) (local.get $high) (local.get $carry)))

;; 1 if multiply-add is fused here: (2^27 + 1)^2 - 2^54 - 2^28 is 1, and 0 if the product is rounded first.
(func (export "fused") (param $one i32) (result i32)
  (local $a v128)
  (local.set $a (f64x2.add (f64x2.convert_low_i32x4_u (i32x4.splat (local.get $one))) (v128.const f64x2 0x1p27 0x1p27)))
  (i32x4.all_true (i32x4.eq
    (f64x2.relaxed_madd (local.get $a) (local.get $a) (v128.const f64x2 -0x1.0000004p54 -0x1.0000004p54))
    (v128.const f64x2 1 1))))

;; out = x y / R, of a slot x and the digits of y.
(func (export "multiply") (param $out i32) (param $x i32) (param $y i32)
  (call $columns
    (i32.const 0x2000) (local.get $y) (local.get $x) (i32.const 0) (i32.shl (global.get $size) (i32.const 1)))
  (call $reduce (local.get $out)))

;; out = x x / R, of a slot x whose digits are those of a product.
(func (export "square") (param $out i32) (param $x i32)
  (call $squares (local.get $x))
  (call $reduce (local.get $out)))

;; out = x + factor y, with a factor of 1 or -1.
(func (export "sum") (param $out i32) (param $x i32) (param $y i32) (param $factor i32)
  (local $by v128) (local $end i32)
  (local.set $by (f64x2.convert_low_i32x4_s (i32x4.splat (local.get $factor))))
  (local.set $end (i32.add (local.get $out) (global.get $size)))
  (loop $next
    (v128.store (local.get $out)
      (f64x2.add (v128.load (local.get $x)) (f64x2.mul (v128.load (local.get $y)) (local.get $by))))
    (local.set $x (i32.add (local.get $x) (i32.const 16)))
    (local.set $y (i32.add (local.get $y) (i32.const 16)))
    (br_if $next (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 16))) (local.get $end)))))

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

;; The bytes at 0x4800, 50 n bits of them, to digits of 0 to 2^50 - 1.
(func (export "read") (param $out i32)
  (local $bit i32) (local $end i32)
  (local.set $end (i32.add (local.get $out) (global.get $size)))
  (loop $next
    (v128.store64_lane 0 (local.get $out) (f64x2.sub
      (i64x2.splat (i64.or
        (i64.and
          (i64.shr_u
            (i64.load offset=0x4800 align=1 (i32.shr_u (local.get $bit) (i32.const 3)))
            (i64.extend_i32_u (i32.and (local.get $bit) (i32.const 7))))
          (i64.const 0x3ffffffffffff))
        (i64.const 0x4330000000000000)))
      (v128.const f64x2 0x1p52 0x1p52)))
    (local.set $bit (i32.add (local.get $bit) (i32.const 50)))
    (br_if $next (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 8))) (local.get $end)))))

;; x plus N where $mask is -1, in integer digits from 0 to 2^50 - 1 at 0x1220; the sign, 0 or -1, comes out.
(func $settle (param $x i32) (param $mask i64) (result i64)
  (local $c i64) (local $i i32)
  (loop $next
    (local.set $c (i64.add
      (i64.add (call $integer (i32.add (local.get $x) (local.get $i))) (local.get $c))
      (i64.and (call $integer (i32.add (local.get $i) (i32.const 0x20))) (local.get $mask))))
    (i64.store offset=0x1220 (local.get $i) (i64.and (local.get $c) (i64.const 0x3ffffffffffff)))
    (local.set $c (i64.shr_s (local.get $c) (i64.const 50)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (global.get $size))))
  (local.get $c))

;; A residue x with |x| < N, to the one number from 0 to N - 1: bytes at 0x4800, where there are zeros.
(func (export "write") (param $x i32)
  (local $i i32) (local $bit i32) (local $byte i32)
  (drop (call $settle (local.get $x) (call $settle (local.get $x) (i64.const 0))))
  (loop $next
    (local.set $byte (i32.shr_u (local.get $bit) (i32.const 3)))
    (i64.store offset=0x4800 align=1 (local.get $byte) (i64.or
      (i64.load offset=0x4800 align=1 (local.get $byte))
      (i64.shl
        (i64.load offset=0x1220 (local.get $i))
        (i64.extend_i32_u (i32.and (local.get $bit) (i32.const 7))))))
    (local.set $bit (i32.add (local.get $bit) (i32.const 50)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (global.get $size)))))
