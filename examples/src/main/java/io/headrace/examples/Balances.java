package io.headrace.examples;

import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.Headrace;
import java.nio.file.Path;

/** The balance of every account after every deposit: a thousand of a cent come each second. */
final class Balances {

  record Deposit(String account, long cents) {}

  public static void main(String[] args) {
    var deposits = Sources.generate(Deposit.class, 90_000, i -> new Deposit("account-" + i % 3, 1));
    Job balances =
        pipeline ->
            pipeline
                .source("deposits", Sources.paced(deposits, 1_000))
                .keyBy(Deposit::account)
                .aggregate("balance", Long.class, 0L, (sum, deposit) -> sum + deposit.cents())
                .sink("out", Sinks.print());
    Headrace.run(balances, Settings.in(Path.of("balances")));
  }
}
