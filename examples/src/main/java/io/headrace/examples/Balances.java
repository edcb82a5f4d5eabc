package io.headrace.examples;

import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.Headrace;
import java.nio.file.Path;

/** The balance of every account, after every deposit: the job of the README. */
public final class Balances {

  // readme:begin
  record Deposit(String account, long cents) {}

  /** Runs the job to its end. */
  public static void main(String[] args) {
    Job balances =
        pipeline ->
            pipeline
                .source("deposits", Sources.generate(Deposit.class, 1_000, Balances::deposit))
                .keyBy(Deposit::account)
                .aggregate("balance", Long.class, 0L, (sum, deposit) -> sum + deposit.cents())
                .sink("out", Sinks.print());
    Headrace.run(balances, Settings.in(Path.of("balances")));
  }

  private static Deposit deposit(long index) {
    return new Deposit("account-" + index % 3, index);
  }

  // readme:end

  private Balances() {}
}
