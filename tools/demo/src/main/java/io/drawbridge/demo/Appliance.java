// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running appliance, handled as an administrator would: by files in its {@code etc/}, the launcher and the shell. */
final class Appliance {
    private static final int PATIENCE_SECONDS = 120;

    private final Path launcher;
    private final Organisation organisation;
    private final String password;

    Appliance(Path launcher, Organisation organisation, String password) {
        this.launcher = launcher;
        this.organisation = organisation;
        this.password = password;
    }

    Organisation organisation() {
        return organisation;
    }

    /** Makes its folder with the configuration as shipped. */
    void create() {
        launch("prepare");
    }

    /** Changes one setting of a file as shipped. */
    void set(String pid, String key, String value) throws IOException {
        Path file = organisation.home().resolve("etc").resolve(pid + ".cfg");
        Files.writeString(file, Files.readString(file).replaceAll("(?m)^" + key + " *=.*$", key + " = " + value));
    }

    /** Writes a configuration file; it acts without a restart. */
    void configure(String pid, Map<String, ?> settings) throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        Files.writeString(organisation.home().resolve("etc").resolve(pid + ".cfg"), text);
    }

    /** Deletes a configuration file; that acts without a restart too. */
    void forget(String pid) throws IOException {
        Files.delete(organisation.home().resolve("etc").resolve(pid + ".cfg"));
    }

    /** Starts it in the background; returns when it serves. */
    void start() {
        String output = launch("start");
        if (!output.contains("Drawbridge serves")) {
            throw new IllegalStateException(output);
        }
    }

    void stop() {
        launch("stop");
    }

    /** Runs a shell command and returns what it prints. */
    String shell(String command) {
        return launch("shell", command);
    }

    private String launch(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        builder.command().addAll(List.of("--home", organisation.home().toString()));
        builder.environment().put("DRAWBRIDGE_ADMIN_PASSWORD", password);
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException("no end after " + PATIENCE_SECONDS + " s: " + builder.command());
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
