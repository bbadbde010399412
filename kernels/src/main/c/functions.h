/*
 * e^x with the bits of dev.eddy.kernels.numerics.Functions.exp, which says where the polynomial comes from; for the
 * vectors that the including file defines.
 */

INLINE VF exp_f(VF x) {
    VF y = max_f(all_f(-104.0f), min_f(all_f(89.0f), x));
    /* Adding 1.5 * 2^23 rounds to an integer, which then sits in the low bits. */
    VF t = fma_f(y, all_f(1.44269504088896341f), all_f(12582912.0f));
    VF n = sub_f(t, all_f(12582912.0f));
    VF r = fma_f(n, all_f(-0.693359375f), y);
    r = fma_f(n, all_f(2.12194440e-4f), r);
    VF p = fma_f(r, all_f(1.9875691500e-4f), all_f(1.3981999507e-3f));
    p = fma_f(p, r, all_f(8.3334519073e-3f));
    p = fma_f(p, r, all_f(4.1665795894e-2f));
    p = fma_f(p, r, all_f(1.6666665459e-1f));
    p = fma_f(p, r, all_f(5.0000001201e-1f));
    p = add_f(fma_f(p, mul_f(r, r), r), all_f(1.0f));
    return scale_f(p, t, n);
}
