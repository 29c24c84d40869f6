// Looks next to the program, in libexec and share of an installation, and in the source tree of a build. No prefix is
// compiled in, so an installed tree can be moved.
#include "cli/data_files.h"

#include "cli/system.h"
#include "files/own_file.h"
#include "files/paths.h"
#include "files/program_path.h"

#include <initializer_list>

namespace cascade::cli {
namespace {

// The source tree of a build tree (build/<preset>/ holds the binary); empty for an installed binary.
std::string source_tree(const std::string& folder) {
  if (!exists(files::join(folder, "CMakeCache.txt"))) return {};
  return files::normalise(folder + "/../..");
}

// The program's folder, and the source tree that contains it, if any. Looked up once.
struct ProgramPlace {
  std::string folder, source;
};

const ProgramPlace& place() {
  static const ProgramPlace found = [] {
    const std::string path = program_path();
    const std::string folder(files::parent(path));
    return ProgramPlace{folder, folder.empty() ? std::string() : source_tree(folder)};
  }();
  return found;
}

std::string first_that_exists(std::initializer_list<std::string> paths) {
  for (const std::string& path : paths)
    if (!path.empty() && exists(path)) return path;
  return {};
}

// A file that set-up makes.
std::string shared_file(const std::string& file) {
  const auto& [folder, source] = place();
  if (folder.empty()) return {};
  const std::string name = "/share/cascade/" + file;
  return first_that_exists(
      {folder + name, files::normalise(folder + "/.." + name), source.empty() ? std::string() : source + name});
}

// A helper program that only some answers need, in libexec.
std::string own_program(const std::string& program) {
  const auto& [folder, source] = place();
  if (folder.empty()) return {};
  const std::string name = "/libexec/cascade/" + program + std::string(files::program_ending);
  return first_that_exists({folder + name, files::normalise(folder + "/.." + name)});
}

}  // namespace

std::string program_path() { return files::program_file(); }

std::string vocabulary_path(const Environment& environment) {
  if (environment.vocabulary == "estimate") return {};
  if (!environment.vocabulary.empty()) return environment.vocabulary;
  return shared_file("o200k.bin");
}

std::string vocabulary_help() {
  if (!place().source.empty()) return "run scripts/vocabulary, which makes the table";
  return "install Cascade again where npm is available, which makes the table, or name one with CASCADE_VOCABULARY";
}

std::string builtin_library() {
  const auto& [folder, source] = place();
  if (folder.empty()) return {};
  if (!source.empty() && exists(source + "/skills")) return source;
  // A plugin that contains its program has the library next to it (client/plugin_files.h).
  const std::string plugin = exists(folder + "/run") ? files::normalise(folder + "/../library") : std::string();
  return first_that_exists({files::normalise(folder + "/../share/cascade/library"), plugin});
}

std::string git_program() { return own_program("cascade-git"); }
std::string postgres_program() { return own_program("cascade-postgres"); }

Result<TokenCounter> open_counter(const Environment& environment) {
  const std::string path = vocabulary_path(environment);
  if (path.empty()) return TokenCounter::estimating();
  auto counter = TokenCounter::open(path);
  if (counter) return counter;
  if (environment.vocabulary.empty()) return TokenCounter::estimating();
  Error error = counter.error();
  if (error.help.empty()) error.help = "CASCADE_VOCABULARY names this file; unset it, or set it to \"estimate\"";
  return error;
}

}  // namespace cascade::cli
