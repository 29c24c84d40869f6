// One run of one verb: its words, the global options, and access to what it needs.
#pragma once

#include <cascade/render.h>
#include <cascade/route.h>
#include <cascade/workspace.h>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/environment.h"
#include "cli/verbs.h"
#include "listed/standing.h"
#include "render/list.h"

namespace cascade::cli {

// Whether `cascade allow` allowed the file with an absolute path.
std::function<bool(const std::string& path)> allowed_by_user(const Environment& environment);

class Call {
 public:
  Call(const Verb& verb, const CommandLine& line, const Environment& environment, Console& console);

  const Verb& verb() const noexcept { return verb_; }
  const CommandLine& line() const noexcept { return line_; }
  const GlobalOptions& options() const noexcept { return line_.options; }
  const Environment& environment() const noexcept { return environment_; }
  Console& console() noexcept { return console_; }
  const std::vector<std::string>& words() const noexcept { return line_.words; }

  // Parses the verb's words. Error: misuse. With the hidden option --list-options, the answer is the names of all
  // options and `stop` is set (a test compares them with the verb's page).
  Result<void> parse(Arguments& arguments, bool& stop);
  // The same for a verb that ends there, and chooses the format if it is one of `formats`: returns with what it ends,
  // if the words or the format are wrong (which is reported) or only the options were asked for.
  std::optional<Exit> read(Arguments& arguments, std::initializer_list<Format> formats = {});
  Format format() const noexcept { return format_; }  // that read() has chosen

  // misuse: the words are none of those that the verb takes.
  Error unfit() const;

  // The requested format, one of `allowed`, of which the first is the default. misuse: any other format.
  Result<Format> format(std::initializer_list<Format> allowed) const;

  // The model in whose tokens budgets are given: --model, or else CASCADE_MODEL, or else `preferred` (from
  // cascade.yaml). Empty if there is none. misuse: it is unknown.
  Result<std::optional<TokenModel>> model(const std::string& preferred) const;

  Result<Workspace> open() { return open(workspace_options()); }
  // Returns while the files are still being checked: the answer must be made in request::confirmed().
  Result<Workspace> open_unconfirmed();
  Result<Workspace> open(WorkspaceOptions options);
  // The same whatever is wrong with the settings, and without a word of what was not read.
  Result<Workspace> open_anyhow(WorkspaceOptions options);
  WorkspaceOptions workspace_options() const;  // from the global options and the environment; the verb may change them

  // Shows on a terminal, from a second on, how long the verb has run, until something else is written there. Call
  // before threads start.
  void tick();

  // With --timings, writes the time since the last step to standard error.
  void step(std::string_view name);

  static rendering::Roots roots(const Workspace& workspace);

  // Tells the reader what affects the answer: that nothing was read, or how many faults there are in manifests and
  // outside of them (unreadable folders, plugin files), and which verb shows them. Otherwise prints nothing.
  void note_problems(const Workspace& workspace);

 private:
  void note_unread(const Workspace& workspace);  // lists the first files and folders that were left out

  const Verb& verb_;
  const CommandLine& line_;
  const Environment& environment_;
  Console& console_;
  Format format_ = Format::text;
  std::chrono::steady_clock::time_point last_step_ = std::chrono::steady_clock::now();
};

// Writes warnings to standard error, as "cascade: warning: text". The logger, which is created for the first line,
// belongs to the function object.
Log make_log();

Exit run_verb(const Verb& verb, const CommandLine& line, const Environment& environment, Console& console);

// The switches in the settings that apply to this folder.
listing::Switches switches_here(const Call& call, const Workspace& workspace);
// Why a manifest's text is not safe to load, as the system says that looks at it; empty: none does.
std::function<std::string(const ManifestView&)> vetting_by(const Environment& environment, const Workspace& workspace);

// Where nothing answers: says what waits for the user's trust in the clone around this folder, if anything does.
void note_waiting(Call& call, const Workspace& workspace);

// Withholds from the router what the hooks withhold from it.
void withhold(const Call& call, const Workspace& workspace, Query& query);

}  // namespace cascade::cli
