// Knows the files that decide what is guarded (the client's settings, Cascade's configuration, state and programs), and
// which of them a program in a command line would write.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "events/systems.h"
#include "files/tree.h"
#include "shell/trace.h"

namespace cascade::systems {

class GuardedFiles {
 public:
  GuardedFiles(const Surroundings& surroundings, const files::Tree& tree);

  // Describes the role of a guarded file or folder; empty for any other path. Relative paths are relative to
  // `directory`, and links are resolved.
  std::string what(const std::string& path, const std::string& directory) const;

  // Calls `found` with each guarded path that the program would write, and with its role. Code in the line (`python3
  // -c`) counts if it names such a file and looks as if it writes.
  using Found = std::function<void(const std::string& path, const std::string& what)>;
  void written_by(const shell::Call& call, const Found& found) const;

  // The code in the line, if it could start cascade; empty: none could.
  static std::string starting_code(const shell::Call& call);

 private:
  std::string what_is(const std::string& real) const;
  // The same for a folder that contains guarded files and is removed or moved as a whole.
  std::string what_below(const std::string& path, const std::string& directory) const;
  std::string what_matches(const shell::Value& pattern, const std::string& directory) const;
  std::string what_code_names(const shell::Call& call) const;
  void look(const shell::Value& word, const shell::Call& call, bool whole, const Found& found) const;
  void look_at_copies(const shell::Call& call, const Found& found) const;
  bool is_free(const std::string& real) const;
  // All guarded files and folders, existing or not, regardless of any pattern.
  std::vector<std::string> places() const;

  const Surroundings& surroundings_;
  const files::Tree& tree_;
};

// The verbs of cascade that loosen a guard: the rows of loosenings.tsv, compiled in.

// A verb with the word that makes it loosen something.
struct Loosening {
  std::string_view verb, word;
};
std::span<const Loosening> loosenings() noexcept;

}  // namespace cascade::systems
