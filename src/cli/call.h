// One run of one verb: its words, the global options, and the door to what it needs.
#pragma once

#include <cascade/render.h>
#include <cascade/workspace.h>

#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/environment.h"
#include "cli/global_options.h"
#include "cli/verbs.h"

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::cli {

// Whether `cascade allow` allowed the file of an absolute path.
std::function<bool(const std::string& path)> allowed_by_user(const Environment& environment);

class Call {
 public:
  Call(const Verb& verb, const CommandLine& line, const Environment& environment, Console& console);

  const GlobalOptions& options() const noexcept { return line_.options; }
  const Environment& environment() const noexcept { return environment_; }
  Console& console() noexcept { return console_; }
  const std::vector<std::string>& words() const noexcept { return line_.words; }

  // Parses the verb's words. Error: misuse. With the hidden option --list-options the names of all options are the
  // answer and `stop` is set (a test compares them with the verb's page).
  Result<void> parse(Arguments& arguments, bool& stop);

  // The format asked for, one of `allowed`; the first is the default. misuse otherwise.
  Result<Format> format(std::initializer_list<Format> allowed) const;

  // The model whose tokens budgets are given in: --model, else CASCADE_MODEL, else `preferred` (cascade.yaml's). Empty:
  // none; misuse: an unknown one.
  Result<std::optional<TokenModel>> model(const std::string& preferred) const;

  // REQUIRES: the verb's row says that it needs them.
  Result<TokenCounter> counter() const;
  Result<Workspace> open() { return open(workspace_options()); }
  // Goes on while the files are looked at: the answer is to be made in request::confirmed().
  Result<Workspace> open_unconfirmed();
  Result<Workspace> open(WorkspaceOptions options);
  WorkspaceOptions workspace_options() const;  // from the global options and the environment, for a verb to change

  // With --timings, writes to standard error how long it took since the last step.
  void step(std::string_view name);

  // The roots' paths in their order, as manifests number them.
  static std::vector<std::string> root_paths(const Workspace& workspace);

  // What a reader of the answer should know about what was read: that there was nothing, or how many faults there are
  // in manifests and outside of them (folders that cannot be read, plugin files), and which verb shows them. Else
  // nothing.
  void note_problems(const Workspace& workspace);

 private:
  void note_unread(const Workspace& workspace);  // the first files and folders that were left out

  const Verb& verb_;
  const CommandLine& line_;
  const Environment& environment_;
  Console& console_;
  std::chrono::steady_clock::time_point last_step_ = std::chrono::steady_clock::now();
};

}  // namespace cascade::cli
