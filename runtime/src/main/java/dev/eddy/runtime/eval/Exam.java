package dev.eddy.runtime.eval;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Puts exercises to a model, several sequences at once, and marks its answers: at each question the
 * id with the largest logit, of equals the least. What else runs in a step changes no answer.
 */
public final class Exam {
    /** Sequences at once: the slots that the executable needs. */
    public static final int SESSIONS = 16;

    /** Elements in one step: the rows that the executable needs. */
    public static final int ROWS = 512;

    private final Executable executable;
    private final Step step;
    private final int vocabulary;
    private final long limit;
    private final float[] row;

    /**
     * An exam of one model.
     *
     * @param program a program that yields logits
     * @param executable it, compiled for {@link #SESSIONS} and {@link #ROWS}
     * @throws IllegalArgumentException if the model takes or yields no ids
     */
    public Exam(Program program, Executable executable) {
        this.executable = executable;
        this.limit = program.limit();
        step = executable.newStep();
        vocabulary =
                switch (program.input()) {
                    case Program.Input.Ids ids -> ids.vocabulary();
                    case Program.Input.Frames _ ->
                            throw new IllegalArgumentException(
                                    "the model takes frames of floats; the tasks are of ids");
                };
        if (program.output() instanceof Program.Output.Floats) {
            throw new IllegalArgumentException(
                    "the model yields floats; the tasks need logits over ids");
        }
        row = new float[program.output().value().width()];
    }

    /**
     * Positions a slot for which the executable needs room where the state grows.
     *
     * @param longest elements of the longest sequence
     */
    public static long positions(int longest) {
        return (long) Math.ceilDiv(longest, Pages.POSITIONS) * Pages.POSITIONS;
    }

    /**
     * Refuses what the model cannot be asked.
     *
     * @param ids the smallest vocabulary that will do
     * @param length elements of the longest sequence
     * @throws IllegalArgumentException naming the need and the model's limit
     */
    public void require(int ids, int length) {
        if (ids > vocabulary) {
            throw new IllegalArgumentException(
                    "the task has ids up to %d, the model a vocabulary of %d: choose other ids"
                            .formatted(ids - 1, vocabulary));
        }
        if (length > limit) {
            throw new IllegalArgumentException(
                    "sequences of %d elements are too long: the model's sessions end at position %d"
                            .formatted(length, limit));
        }
    }

    /**
     * Puts exercises and marks the answers.
     *
     * @param progress told the share done, 0 to 1
     */
    public Outcome put(List<Exercise> exercises, DoubleConsumer progress) {
        Outcome outcome = new Outcome();
        for (int from = 0; from < exercises.size(); from += SESSIONS) {
            int to = Math.min(exercises.size(), from + SESSIONS);
            together(exercises.subList(from, to), outcome);
            progress.accept((double) to / exercises.size());
        }
        return outcome;
    }

    private void together(List<Exercise> exercises, Outcome outcome) {
        List<Sitting> sittings = new ArrayList<>(exercises.size());
        for (Exercise exercise : exercises) {
            executable.arena().clear(sittings.size());
            sittings.add(new Sitting(exercise, sittings.size()));
        }
        int share = ROWS / exercises.size();
        while (!sittings.isEmpty()) {
            step.reset();
            sittings.forEach(sitting -> sitting.enter(share));
            step.seal();
            executable.submit(step);
            step.await();
            for (int e = 0; e < sittings.size(); e++) {
                sittings.get(e).mark(e, outcome);
            }
            sittings.removeIf(Sitting::isOver);
        }
    }

    private int answer(int selection) {
        long offset = (long) selection * row.length * Float.BYTES;
        MemorySegment.copy(step.outputRows(), ValueLayout.JAVA_FLOAT, offset, row, 0, row.length);
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    /** One sequence on its way through a slot. */
    private final class Sitting {
        private final Exercise exercise;
        private final int slot;
        private int position;
        private int count;
        private int question;

        Sitting(Exercise exercise, int slot) {
            this.exercise = exercise;
            this.slot = slot;
        }

        /**
         * Enters the next elements; their logits are wanted only where a question is among them.
         */
        void enter(int most) {
            List<Integer> ids = exercise.ids();
            count = Math.min(most, ids.size() - position);
            step.entry(slot, position);
            for (int i = 0; i < count; i++) {
                step.element(ids.get(position + i));
            }
            if (asksBefore(position + count)) {
                step.output();
            }
        }

        private boolean asksBefore(int end) {
            return question < exercise.questions().size()
                    && exercise.questions().get(question).position() < end;
        }

        void mark(int entry, Outcome outcome) {
            for (; asksBefore(position + count); question++) {
                Exercise.Question asked = exercise.questions().get(question);
                int answered = answer(step.selection(entry, asked.position() - position));
                outcome.add(exercise.group(), asked.distance(), answered == asked.answer());
            }
            position += count;
        }

        boolean isOver() {
            return position == exercise.ids().size();
        }
    }
}
