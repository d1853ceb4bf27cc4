;; Reduction, and what the module exports; columns.wat says what a number is and where everything lies.

;; Column n - $below of T + q N, in the middle of $reduce.
(func $column (param $below i32) (result i32)
  (local.set $below (i32.shl (i32.sub (global.get $n) (local.get $below)) (i32.const 1)))
  (i32.add
    (i32.load16_s offset=0xa000 (local.get $below))
    (i32.add
      (i32.load offset=0x2000 (i32.add (local.get $below) (local.get $below)))
      (i32.load offset=0x4000 (i32.add (local.get $below) (local.get $below))))))

;; The 2n columns T, to T / R mod N: q = T (-1/N) mod R, then (T + q N) / R, of which only the upper half is worked out.
;; The lower half is a multiple of R, so three of its columns, to the nearest, say which.
(func $reduce (param $out i32)
  (local $blocks i32) (local $at i32) (local $c i32) (local $i i32)
  (local.set $blocks (i32.shr_u (global.get $n) (i32.const 4)))
  (local.set $at (i32.shl (global.get $n) (i32.const 2)))
  (local.set $c (call $carry (i32.const 0x2000) (i32.const 0xa000) (i32.const 0)))
  (i32.store offset=0x2000 (local.get $at) (i32.add (i32.load offset=0x2000 (local.get $at)) (local.get $c)))
  (call $product
    (i32.const 0x6000) (i32.const 0) (local.get $blocks) (i32.const 0xa000) (call $pairs (i32.const 0x1000)))
  (drop (call $carry (i32.const 0x6000) (i32.const 0xb000) (i32.const 0)))
  (i32.store offset=0x8000 (local.get $at) (i32.const 0))
  (call $product
    (i32.const 0x2000) (i32.sub (local.get $blocks) (i32.const 1)) (i32.shl (local.get $blocks) (i32.const 1))
    (i32.const 0xb000) (call $pairs (i32.const 0)))
  (local.set $c (i32.shr_s (call $column (i32.const 3)) (i32.const 14)))
  (local.set $c (i32.shr_s (i32.add (call $column (i32.const 2)) (local.get $c)) (i32.const 14)))
  (local.set $c (i32.add (call $column (i32.const 1)) (local.get $c)))
  (local.set $c (i32.shr_s (i32.add (local.get $c) (i32.const 0x2000)) (i32.const 14)))
  (local.set $i (i32.sub (local.get $at) (i32.const 64)))
  (loop $next
    (v128.store offset=0x2000 (local.get $i) (i32x4.splat (i32.const 0)))
    (v128.store offset=0x4000 (local.get $i) (i32x4.splat (i32.const 0)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $at))))
  (drop (call $carry (i32.add (local.get $at) (i32.const 0x2000)) (local.get $out) (local.get $c))))

;; out = x y / R, of the pairs of x and the digits of y.
(func (export "multiply") (param $out i32) (param $x i32) (param $y i32)
  (call $product
    (i32.const 0x2000) (i32.const 0) (i32.shr_u (global.get $n) (i32.const 3))
    (local.get $y) (call $pairs (local.get $x)))
  (call $reduce (local.get $out)))

;; out = x x / R. With m = 16 i, column k = 2m or 2m + 16 (and the 15 after it) is
;; twice the sum of d[j] d[k - j] over j < m, and the sum over j and k - j >= m: the pairs below m taken as 0.
(func (export "square") (param $out i32) (param $x i32)
  (local $blocks i32) (local $i i32) (local $after i32) (local $pairs i32) (local $from i32) (local $rest i32)
  (local.set $blocks (i32.shr_u (global.get $n) (i32.const 4)))
  (local.set $pairs (call $pairs (local.get $x)))
  (loop $next
    (local.set $from (i32.add (local.get $pairs) (i32.shl (local.get $i) (i32.const 6))))
    (v128.store offset=0x3c40 (i32.const 0)
      (v128.and (v128.load (local.get $from)) (v128.const i32x4 0xffff -1 -1 -1)))
    (v128.store offset=0x3c50 (i32.const 0) (v128.load offset=16 (local.get $from)))
    (v128.store offset=0x3c60 (i32.const 0) (v128.load offset=32 (local.get $from)))
    (v128.store offset=0x3c70 (i32.const 0) (v128.load offset=48 (local.get $from)))
    (call $fold
      (local.get $x) (local.get $pairs) (i32.shl (local.get $i) (i32.const 1)) (local.get $i)
      (i32.const 1) (i32.const 0x3c40))
    (local.set $after (i32.add (local.get $i) (i32.const 1)))
    ;; The block after the last is none.
    (local.set $rest (i32.add (i32.const 1) (i32.lt_u (local.get $after) (local.get $blocks))))
    (call $fold
      (local.get $x) (local.get $pairs) (i32.add (local.get $i) (local.get $after)) (local.get $i)
      (local.get $rest)
      (select (i32.const 0x3c40) (i32.add (local.get $from) (i32.const 64)) (i32.gt_u (local.get $rest) (i32.const 1))))
    (br_if $next (i32.lt_u (local.tee $i (local.get $after)) (local.get $blocks))))
  (call $reduce (local.get $out)))

;; out = x + factor y, with a factor of 1 or -1.
(func (export "sum") (param $out i32) (param $x i32) (param $y i32) (param $factor i32)
  (local $at i32) (local $end i32) (local $to i32)
  (local.set $at (i32.add (i32.shl (global.get $n) (i32.const 2)) (i32.const 0x2000)))
  (local.set $to (local.get $at))
  (local.set $end (i32.add (local.get $at) (i32.shl (global.get $n) (i32.const 2))))
  (loop $next
    (i32.store (local.get $to)
      (i32.add (i32.load16_s (local.get $x)) (i32.mul (i32.load16_s (local.get $y)) (local.get $factor))))
    (local.set $x (i32.add (local.get $x) (i32.const 2)))
    (local.set $y (i32.add (local.get $y) (i32.const 2)))
    (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 4))) (local.get $end))))
  (drop (call $carry (local.get $at) (local.get $out) (i32.const 0))))

;; The digits of entry $index of a table of $count times n digits. Every entry is read.
(func (export "select") (param $out i32) (param $table i32) (param $index i32) (param $count i32)
  (local $size i32) (local $entry i32) (local $end i32) (local $stop i32)
  (local $want v128) (local $k v128) (local $one v128) (local $mask v128) (local $a v128) (local $b v128)
  (local.set $size (i32.shl (global.get $n) (i32.const 1)))
  (local.set $stop (i32.add (local.get $out) (local.get $size)))
  (local.set $end (i32.add (local.get $table) (i32.mul (local.get $count) (local.get $size))))
  (local.set $want (i32x4.splat (local.get $index)))
  (local.set $one (i32x4.splat (i32.const 1)))
  (loop $next
    (local.set $entry (local.get $table))
    (local.set $k (i32x4.splat (i32.const 0)))
    (local.set $a (local.get $k))
    (local.set $b (local.get $k))
    (loop $scan
      (local.set $mask (i32x4.eq (local.get $k) (local.get $want)))
      (local.set $a (v128.or (local.get $a) (v128.and (local.get $mask) (v128.load (local.get $entry)))))
      (local.set $b (v128.or (local.get $b) (v128.and (local.get $mask) (v128.load offset=16 (local.get $entry)))))
      (local.set $k (i32x4.add (local.get $k) (local.get $one)))
      (br_if $scan (i32.lt_u (local.tee $entry (i32.add (local.get $entry) (local.get $size))) (local.get $end))))
    (v128.store (local.get $out) (local.get $a))
    (v128.store offset=16 (local.get $out) (local.get $b))
    (local.set $table (i32.add (local.get $table) (i32.const 32)))
    (br_if $next (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 32))) (local.get $stop)))))

;; The bytes at 0xc000, 14 n / 8 of them, to a residue.
(func (export "read") (param $out i32)
  (local $bit i32) (local $at i32) (local $end i32)
  (local.set $at (i32.add (i32.shl (global.get $n) (i32.const 2)) (i32.const 0x2000)))
  (local.set $end (i32.add (local.get $at) (i32.shl (global.get $n) (i32.const 2))))
  (loop $next
    (i32.store (local.get $at) (i32.and (i32.const 0x3fff) (i32.shr_u
      (i32.load offset=0xc000 align=1 (i32.shr_u (local.get $bit) (i32.const 3)))
      (i32.and (local.get $bit) (i32.const 7)))))
    (local.set $bit (i32.add (local.get $bit) (i32.const 14)))
    (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $end))))
  (drop (call $carry
    (i32.sub (local.get $end) (i32.shl (global.get $n) (i32.const 2))) (local.get $out) (i32.const 0))))

;; x plus N where $mask is -1, in digits from 0 to 2^14 at 0xa000; the sign, 0 or -1, comes out.
(func $settle (param $x i32) (param $mask i32) (result i32)
  (local $c i32) (local $i i32)
  (loop $next
    (local.set $c (i32.add
      (i32.add (i32.load16_s (i32.add (local.get $x) (local.get $i))) (local.get $c))
      (i32.and (i32.load16_s (local.get $i)) (local.get $mask))))
    (i32.store16 offset=0xa000 (local.get $i) (i32.and (local.get $c) (i32.const 0x3fff)))
    (local.set $c (i32.shr_s (local.get $c) (i32.const 14)))
    (br_if $next (i32.lt_u
      (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.shl (global.get $n) (i32.const 1)))))
  (local.get $c))

;; A residue x with |x| < N, to the one number from 0 to N - 1: bytes at 0xc000.
(func (export "write") (param $x i32)
  (local $i i32) (local $at i32)
  (drop (call $settle (local.get $x) (call $settle (local.get $x) (i32.const 0))))
  (loop $next
    (i64.store offset=0xc000 align=1 (local.get $at) (i64.or
      (i64.or
        (i64.load16_u offset=0xa000 (local.get $i))
        (i64.shl (i64.load16_u offset=0xa002 (local.get $i)) (i64.const 14)))
      (i64.or
        (i64.shl (i64.load16_u offset=0xa004 (local.get $i)) (i64.const 28))
        (i64.shl (i64.load16_u offset=0xa006 (local.get $i)) (i64.const 42)))))
    (local.set $at (i32.add (local.get $at) (i32.const 7)))
    (br_if $next (i32.lt_u
      (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.shl (global.get $n) (i32.const 1))))))
