// A program without a slash in its name is looked up on PATH as a shell would do, but in absolute folders only. A
// relative folder there, or a name found in the project, would let a checked-out file run in place of the user's tool.
#include "gates/check_run.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "files/paths.h"
#include "files/program_path.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "git/judgement.h"
#include "hash/content_hash.h"
#include "policy/checks.h"

namespace cascade::systems {
namespace {

constexpr std::size_t most_output = std::size_t{64} << 10, shown_output = 1'500;
constexpr std::uint64_t longest_script = std::uint64_t{4} << 20;

std::string value_of(const std::vector<std::string>& environment, std::string_view name) {
  for (const std::string& entry : environment)
    if (entry.size() > name.size() && entry[name.size()] == '=' && entry.compare(0, name.size(), name) == 0)
      return entry.substr(name.size() + 1);
  return {};
}

bool is_program(const files::Tree& tree, const std::string& path) {
  const auto stamp = tree.stat(path);
  return stamp && stamp->executable;
}

// The index of the word that names the check's own script; npos if none does.
std::size_t script_word(const std::vector<std::string>& words) {
  constexpr std::array<std::string_view, 9> interpreters = {"bash",   "dash",    "node", "perl", "php",
                                                            "python", "python3", "ruby", "sh"};
  if (words.front().find('/') != std::string::npos && !files::is_absolute(words.front())) return 0;
  const std::string_view name = files::file_name(words.front());
  if (std::find(interpreters.begin(), interpreters.end(), name) == interpreters.end()) return std::string::npos;
  if (words.size() < 2 || words[1].empty() || words[1].front() == '-') return std::string::npos;
  return 1;
}

// The words to run. If the check has a script of its own, it is taken from the folder `scripts`.
std::vector<std::string> words_for(const policy::Check& check, const std::string& scripts, const files::Tree& tree) {
  std::vector<std::string> words = check.run;
  const std::size_t script = script_word(words);
  if (script == std::string::npos) return words;
  const std::string path = files::join(scripts, words[script]);
  if (tree.stat(path)) words[script] = path;
  return words;
}

std::string end_of(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.size() <= shown_output) return text;
  const std::size_t line = text.find('\n', text.size() - shown_output);
  return "...\n" + text.substr(line == std::string::npos ? text.size() - shown_output : line + 1);
}

}  // namespace

std::string command_of(const policy::Check& check) {
  std::string text;
  for (const std::string& word : check.run) text += (text.empty() ? "" : " ") + repository::shell_word(word);
  return text;
}

std::string rule_words(const policy::Check& check, const std::string& scripts) {
  std::string text = std::string(to_string(check.at)) + ": " + command_of(check);
  if (!check.origin.empty()) text += "\nof " + check.origin;
  const std::size_t script = script_word(check.run);
  if (script == std::string::npos) return text;
  const auto content = files::DiskTree().read(files::join(scripts, check.run[script]), longest_script);
  return content ? text + "\n" + hash::to_hex(hash::hash64(*content)) : text;
}

CheckRun run_check(const policy::Check& check, const std::string& directory, const std::string& scripts,
                   std::uint32_t most_ms) {
  const files::DiskTree tree;
  CheckRun run;
  files::ProgramCall call;
  call.words = words_for(check, scripts, tree);
  call.environment = files::process_environment();
  if (call.words.front().find('/') == std::string::npos)
    call.words.front() = files::program_on_path(tree, value_of(call.environment, "PATH"), call.words.front());
  else
    call.words.front() = files::join(directory, call.words.front());
  if (!is_program(tree, call.words.front())) {
    run.failure = "there is no program " + check.run.front();
    return run;
  }
  call.directory = directory;
  call.milliseconds = std::min(most_ms, check.seconds * 1'000);
  call.max_bytes = most_output;
  auto ended = files::run_program(call);
  if (!ended) {
    run.failure = ended.error().message;
  } else if (ended->timed_out) {
    run.failure = "it took longer than " + std::to_string(call.milliseconds / 1'000) + " seconds";
  } else {
    run.exit_code = ended->exit_code;
    run.flagged = ended->exit_code != 0;
    run.output = end_of(std::move(ended->output) + std::move(ended->errors));
  }
  return run;
}

}  // namespace cascade::systems
