package dev.eddy.runtime.distill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * A filter as a sum of exponentials, h[t] = sum over n of Re(residue[n] pole[n]^t), whose
 * recurrence has a constant state of as many complex numbers (Massaroli et al., Laughing Hyena,
 * arXiv:2310.18780, section 3).
 *
 * <p>Poles come from the filter's Hankel matrix H[i, j] = h[i + j] (Kung 1978; balanced
 * truncation): its leading right singular vectors V, which exponentials span, are shifted by one
 * step by a small matrix A, V without its first row = V without its last row times A, and A's
 * eigenvalues are the poles. Residues are then those of least squares over all taps.
 *
 * @param poles [N, 2] real and imaginary parts, as float32
 * @param residues [N, 2]
 */
record ModalFit(float[] poles, float[] residues) {
    /** The most columns of H; its rows are all shifts of so many taps. */
    private static final int COLUMNS = 256;

    /** Elements of H up to which its singular vectors are found directly. */
    private static final int DIRECT = 1 << 17;

    /**
     * Fits a filter.
     *
     * @param taps h[0] first, at least 4
     * @param modes N, at least 1
     */
    static ModalFit of(double[] taps, int modes) {
        int columns = Math.min(COLUMNS, taps.length / 2);
        DMatrixRMaj v = rightSingularVectors(taps, columns);
        int rank = Math.min(2 * modes, columns - 1);
        List<Complex_F64> poles = poles(v, rank, taps.length);
        while (poles.size() > modes) {
            poles = poles(v, --rank, taps.length);
        }
        return withResidues(taps, poles, modes);
    }

    /** Columns by descending singular value. */
    private static DMatrixRMaj rightSingularVectors(double[] h, int columns) {
        int rows = h.length - columns + 1;
        if ((long) rows * columns > DIRECT) {
            return vectors(gram(h, rows, columns));
        }
        DMatrixRMaj hankel = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(h, i, hankel.data, i * columns, columns);
        }
        return vectors(hankel);
    }

    /**
     * H' H, whose singular vectors are H's too; entries along a diagonal follow from one another.
     */
    private static DMatrixRMaj gram(double[] h, int rows, int columns) {
        DMatrixRMaj g = new DMatrixRMaj(columns, columns);
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int t = 0; t < rows; t++) {
                sum += h[t] * h[t + j];
            }
            for (int i = 0; i + j < columns; i++) {
                g.set(i, i + j, sum);
                g.set(i + j, i, sum);
                sum += i + j + 1 < columns ? h[rows + i] * h[rows + i + j] - h[i] * h[i + j] : 0;
            }
        }
        return g;
    }

    private static DMatrixRMaj vectors(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, true, true);
        require(svd.decompose(matrix));
        DMatrixRMaj v = svd.getV(null, false);
        SingularOps_DDRM.descendingOrder(
                null, false, svd.getSingularValues(), svd.numberOfSingularValues(), v, false);
        return v;
    }

    /** One pole of each conjugate pair, and the real ones: fewer than {@code rank} where paired. */
    private static List<Complex_F64> poles(DMatrixRMaj v, int rank, int length) {
        int rows = v.numRows - 1;
        DMatrixRMaj before = CommonOps_DDRM.extract(v, 0, rows, 0, rank);
        DMatrixRMaj after = CommonOps_DDRM.extract(v, 1, rows + 1, 0, rank);
        DMatrixRMaj shift = new DMatrixRMaj(rank, rank);
        solve(before, after, shift);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(rank, false);
        require(eigen.decompose(shift));
        List<Complex_F64> poles = new ArrayList<>();
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            Complex_F64 pole = eigen.getEigenvalue(i);
            if (pole.imaginary >= 0) {
                poles.add(stable(pole, length));
            }
        }
        poles.sort(
                Comparator.comparingDouble((Complex_F64 pole) -> -pole.getMagnitude2())
                        .thenComparingDouble(pole -> pole.imaginary));
        return poles;
    }

    /**
     * The pole, drawn inside the circle on which a mode falls to 1/e within the filter's length: no
     * mode outlives by far what the filter remembered, however long a session is.
     */
    private static Complex_F64 stable(Complex_F64 pole, int length) {
        double most = Math.exp(-1.0 / length);
        double size = pole.getMagnitude();
        return size <= most
                ? pole
                : new Complex_F64(pole.real * most / size, pole.imaginary * most / size);
    }

    private static ModalFit withResidues(double[] taps, List<Complex_F64> exact, int modes) {
        int count = exact.size();
        float[] poles = new float[2 * modes];
        for (int n = 0; n < count; n++) {
            poles[2 * n] = (float) exact.get(n).real;
            poles[2 * n + 1] = (float) exact.get(n).imaginary;
        }
        DMatrixRMaj powers = new DMatrixRMaj(taps.length, 2 * count);
        for (int n = 0; n < count; n++) {
            double real = 1;
            double imaginary = 0;
            for (int t = 0; t < taps.length; t++) {
                powers.set(t, 2 * n, real);
                powers.set(t, 2 * n + 1, -imaginary);
                double next = real * poles[2 * n] - imaginary * poles[2 * n + 1];
                imaginary = real * poles[2 * n + 1] + imaginary * poles[2 * n];
                real = next;
            }
        }
        DMatrixRMaj solution = new DMatrixRMaj(2 * count, 1);
        solve(powers, DMatrixRMaj.wrap(taps.length, 1, taps.clone()), solution);
        float[] residues = new float[2 * modes];
        for (int i = 0; i < 2 * count; i++) {
            residues[i] = (float) solution.get(i);
        }
        return new ModalFit(poles, residues);
    }

    /** Least squares, whatever the rank: real poles' imaginary parts have columns of zeros. */
    private static void solve(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj x) {
        LinearSolverDense<DMatrixRMaj> solver =
                LinearSolverFactory_DDRM.leastSquaresQrPivot(true, false);
        require(solver.setA(a.copy()));
        solver.solve(b, x);
    }

    private static void require(boolean done) {
        if (!done) {
            throw new IllegalArgumentException(
                    "a filter's modes could not be found; its taps are not finite numbers");
        }
    }

    /** The taps of the fitted filter, evaluated in double precision. */
    double[] taps(int length) {
        double[] taps = new double[length];
        for (int n = 0; n < poles.length / 2; n++) {
            double real = 1;
            double imaginary = 0;
            for (int t = 0; t < length; t++) {
                taps[t] += residues[2 * n] * real - residues[2 * n + 1] * imaginary;
                double next = real * poles[2 * n] - imaginary * poles[2 * n + 1];
                imaginary = real * poles[2 * n + 1] + imaginary * poles[2 * n];
                real = next;
            }
        }
        return taps;
    }
}
