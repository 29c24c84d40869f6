// Which options of a program are written, by its own help. No table knows every program, and an option such as `-w`
// tells nothing by its name. So the installed program is asked, for itself and for its subcommand: confined, with every
// file read-only and no network, for a second at most, and once for each version of it. Programs of the session's own
// folders and of folders for temporary files are not asked: nobody may have agreed that they run.

#include "evidence/written_files.h"
#include "files/atomic_write.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "guard/judge.h"
#include "hash/content_hash.h"
#include "text/ascii.h"

namespace cascade::repository {
namespace {

constexpr std::uint32_t most_milliseconds = 1'000;
constexpr std::size_t most_bytes = 256 * 1024;

// What the program prints; empty: it cannot be confined here.
std::string help_of(const std::string& program, const std::string& subcommand) {
  if (!files::DiskTree().stat(std::string(files::sandbox_program))) return {};
  const auto filter = files::sealed_file(files::denied_calls(), false);
  if (!filter) return {};
  files::ProgramCall call;
  call.words = files::sandbox_words(std::string(files::sandbox_program));
  call.words.insert(call.words.end(), {"--seccomp", "3", "--chdir", "/", "--", program});
  if (!subcommand.empty()) call.words.push_back(subcommand);
  call.words.push_back("--help");
  call.environment = {
      "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "LC_ALL=C", "TERM=dumb", "PAGER=cat", "COLUMNS=160"};
  call.inherited = {filter->get()};
  call.only_these = true;
  call.milliseconds = most_milliseconds;
  call.max_bytes = most_bytes;
  const auto run = files::run_program(call);
  return run ? run->output + "\n" + run->errors : std::string();
}

// A word that may name a subcommand.
std::string subcommand_of(const shell::Call& call) {
  if (call.words.size() < 2 || !call.words[1].known) return {};
  const std::string& word = call.words[1].text;
  const bool is_plain = !word.empty() && word[0] != '-' &&
                        std::ranges::all_of(word, [](char c) { return letters::is_word(c) || c == '-'; });
  return is_plain ? word : std::string();
}

}  // namespace

std::string options_by_help(const shell::Call& call, const HelpPlace& place, const files::Tree& tree) {
  if (place.kept_in.empty() || call.words.empty() || call.words.front().text.find('/') != std::string::npos) return {};
  const std::string program = real_path_of(files::program_on_path(tree, place.search_path, call.program), tree);
  const auto stamp = tree.stat(program);
  const bool is_here = std::ranges::any_of(
      place.not_below, [&](const std::string& folder) { return files::is_within(folder, program); });
  if (program.empty() || !stamp || is_here) return {};
  const std::string subcommand = subcommand_of(call);
  const std::string key =
      program + '\n' + subcommand + '\n' + std::to_string(stamp->modified_ns) + '\n' + std::to_string(stamp->size);
  const std::string kept = files::join(place.kept_in, hash::to_hex(hash::hash64(key)));
  if (auto known = tree.read(kept, most_bytes)) return *std::move(known);
  std::string written = evidence::written_options(help_of(program, ""));
  if (!subcommand.empty()) written += " " + evidence::written_options(help_of(program, subcommand));
  static_cast<void>(files::make_directories(place.kept_in));
  static_cast<void>(files::write_atomically(kept, written, 0600));
  return written;
}

}  // namespace cascade::repository
