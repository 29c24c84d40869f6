// Runs a skill's program from memory. A file on disk may be replaced between the check and the execution, and through a
// hard link others can write to it without a trace in its folder. So everything that runs is in memory: the program is
// executed through the descriptor of a sealed file, and bubblewrap mounts sealed files of the whole folder where the
// folder is.
#include "trust/run_hook.h"

#include <deque>

#include "client/names.h"
#include "files/denied_calls.h"
#include "files/memory_file.h"
#include "files/paths.h"
#include "files/tree.h"
#include "syntax/json.h"
#include "syntax/members.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::trust {
namespace {

using files::ProgramCall;
using files::ProgramRun;

std::vector<std::string> environment_of(const HookCall& call) {
  std::vector<std::string> variables = {"PATH=/usr/local/bin:/usr/bin:/bin",
                                        "LANG=C.UTF-8",
                                        "GIT_OPTIONAL_LOCKS=0",
                                        "PYTHONDONTWRITEBYTECODE=1",
                                        "PYTHONNOUSERSITE=1",
                                        client::variables::own_skill + ("=" + call.folder.path)};
  if (!call.home.empty()) variables.push_back("HOME=" + call.home);
  if (!call.project.empty()) variables.push_back(client::variables::project_directory + ("=" + call.project));
  return variables;
}

ProgramCall program_call(const HookCall& call) {
  ProgramCall program;
  program.input = call.event;
  program.environment = environment_of(call);
  program.directory = call.directory;
  program.milliseconds = call.milliseconds;
  program.max_bytes = most_answer_bytes + 1;
  program.only_these = true;
  return program;
}

bool exists(const std::string& path) { return files::DiskTree().stat(path).has_value(); }

// The real path of the folder; nothing if there is none or it is the kernel's, of which a program gets its own.
std::string shown_folder(const std::string& path) {
  const auto real = files::DiskTree().real_path(path);
  const bool hidden =
      !real || files::is_within("/proc", *real) || files::is_within("/sys", *real) || files::is_within("/dev", *real);
  return hidden || real->size() < 2 ? std::string() : *real;
}

// Mounts the folder from sealed files that `sealed` keeps open; descriptor 3 is the first of `inherited`.
Result<void> put_folder(const SkillFolder& folder, ProgramCall& program, std::deque<files::Descriptor>& sealed) {
  program.words.insert(program.words.end(), {"--tmpfs", folder.path});
  for (const files::WholeFile& file : folder.files) {
    const std::string path = files::join(folder.path, file.path);
    if (file.directory) {
      program.words.insert(program.words.end(), {"--dir", path});
      continue;
    }
    auto copy = files::sealed_file(file.text, false);
    if (!copy) return copy.error();
    sealed.push_back(*std::move(copy));
    program.words.insert(program.words.end(), {"--perms", (file.mode & 0111U) != 0 ? "0555" : "0444", "--ro-bind-data",
                                               std::to_string(3 + program.inherited.size()), path});
    program.inherited.push_back(sealed.back().get());
  }
  program.words.insert(program.words.end(), {"--remount-ro", folder.path});
  return {};
}

Result<void> deny_calls(ProgramCall& program, std::deque<files::Descriptor>& sealed) {
  const std::string filter = files::denied_calls();
  if (filter.empty()) return {};
  auto file = files::sealed_file(filter, false);
  if (!file) return file.error();
  sealed.push_back(*std::move(file));
  program.words.insert(program.words.end(), {"--seccomp", std::to_string(3 + program.inherited.size())});
  program.inherited.push_back(sealed.back().get());
  return {};
}

// Whether bubblewrap reports that it started the program and that it ended. The report goes to a file that the program
// does not get.
Result<bool> came_to_an_end(int status) {
  auto text = files::DiskTree().read("/proc/self/fd/" + std::to_string(status), 4096);
  if (!text) return text.error();
  return text->find("\"exit-code\"") != std::string::npos;
}

// Nothing if this system cannot confine a program.
Result<std::optional<ProgramRun>> run_confined(const HookCall& call) {
  std::deque<files::Descriptor> sealed;
  auto status = files::memory_file();
  if (!status) return status.error();
  ProgramCall program = program_call(call);
  program.directory.clear();
  program.inherited = {status->get()};
  program.words = files::sandbox_words(call.sandbox);
  program.words.insert(program.words.end(), {"--json-status-fd", "3"});
  const std::string directory = shown_folder(call.directory);
  for (const std::string& shown : {shown_folder(call.project), directory})
    if (!shown.empty()) program.words.insert(program.words.end(), {"--ro-bind", shown, shown});
  if (auto put = put_folder(call.folder, program, sealed); !put) return put.error();
  if (auto denied = deny_calls(program, sealed); !denied) return denied.error();
  program.words.insert(program.words.end(), {"--chdir", directory.empty() ? "/" : directory});
  program.words.insert(program.words.end(), {"--", files::join(call.folder.path, call.words.front())});
  program.words.insert(program.words.end(), call.words.begin() + 1, call.words.end());
  auto run = files::run_program(program);
  if (!run) return run.error();
  if (run->timed_out) return std::optional(*std::move(run));
  const auto ended = came_to_an_end(status->get());
  if (!ended) return ended.error();
  if (*ended) return std::optional(*std::move(run));
  // The program never began. If even `true` cannot be confined, the cause is the system, not the program.
  if (!files::can_confine(call.sandbox)) return std::optional<ProgramRun>();
  return Error{ErrorCode::unreadable, "cannot be confined: " + run->errors.substr(0, 200),
               files::join(call.folder.path, call.words.front()), ""};
}

Result<ProgramRun> run_bare(const HookCall& call) {
  const files::WholeFile* file = call.folder.find(call.words.front());
  if (file == nullptr) return Error{ErrorCode::not_found, "there is no such program", call.words.front(), ""};
  auto copy = files::sealed_file(file->text, true);
  if (!copy) return copy.error();
  ProgramCall program = program_call(call);
  program.inherited = {copy->get()};
  program.words = call.words;
  program.words.front() = "/proc/self/fd/3";
  return files::run_program(program);
}

}  // namespace

Result<HookRun> run_hook(const HookCall& call) {
  if (auto checked = check_program(call.folder, call.words.front()); !checked) return checked.error();
  if (!call.sandbox.empty() && exists(call.sandbox)) {
    auto run = run_confined(call);
    if (!run) return run.error();
    if (*run) return HookRun{**std::move(run), true};
  }
  auto run = run_bare(call);
  if (!run) return run.error();
  return HookRun{*std::move(run), false};
}

// Time, size and exit status are looked at before the text. A program that fails any of them refuses nothing (it fails
// open), except with status 2, which is a refusal. JSON counts as an answer only if it is an object; other text is
// context. Permissions in it (`allow`, a changed input) are not read at all.

namespace {

using Outcome = HookAnswer::Outcome;

HookAnswer failed(std::string why) {
  HookAnswer answer;
  answer.outcome = Outcome::failed;
  answer.reason = std::move(why);
  return answer;
}

// Nothing if the text is not an answer in JSON.
bool read_json(const std::string& text, HookAnswer& answer) {
  constexpr syntax::NodeLimits limits{.bytes = most_answer_bytes, .depth = 16, .nodes = 2'000, .alias_nodes = 0};
  const syntax::Parsed parsed = syntax::parse_json(text, limits);
  if (parsed.root.kind != syntax::NodeKind::map) return false;
  const syntax::Node* found = parsed.root.find(client::answer_keys::output);
  const syntax::Node special = found == nullptr ? syntax::Node() : *found;
  answer.context = text_of(special, client::answer_keys::context);
  answer.notice = text_of(parsed.root, client::answer_keys::notice);
  const std::string decision = text_of(special, client::answer_keys::decision);
  answer.reason = text_of(special, client::answer_keys::reason);
  if (text_of(parsed.root, "decision") == "block") {
    answer.outcome = Outcome::deny;
    if (answer.reason.empty()) answer.reason = text_of(parsed.root, "reason");
  } else if (decision == "deny" || decision == "ask") {
    answer.outcome = decision == "deny" ? Outcome::deny : Outcome::ask;
  } else {
    answer.reason.clear();
    answer.outcome = answer.context.empty() && answer.notice.empty() ? Outcome::silent : Outcome::said;
  }
  return true;
}

}  // namespace

constexpr letters::Names<Outcome::failed> outcome_names("silent", "said", "ask", "deny", "late", "failed");
std::string_view to_string(Outcome outcome) noexcept { return outcome_names.of(outcome); }

HookAnswer read_hook_answer(const files::ProgramRun& run) {
  constexpr std::string_view blanks = " \t\r\n";
  HookAnswer answer;
  if (run.timed_out) {
    answer.outcome = Outcome::late;
    answer.reason = "it took too long and was ended";
    return answer;
  }
  if (run.output.size() > most_answer_bytes) return failed("it answered with more than 64 KiB");
  if (run.exit_code == 2) {
    answer.outcome = Outcome::deny;
    answer.reason = run.errors;
    return answer;
  }
  if (run.exit_code != 0)
    return failed("it ended with status " + std::to_string(run.exit_code) +
                  (run.errors.empty() ? "" : ": " + run.errors.substr(0, 200)));
  const std::size_t begin = run.output.find_first_not_of(blanks);
  if (begin == std::string::npos || (run.output[begin] == '{' && read_json(run.output.substr(begin), answer)))
    return answer;
  answer.context = run.output.substr(begin);
  answer.outcome = Outcome::said;
  return answer;
}

}  // namespace cascade::trust
