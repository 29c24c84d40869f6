// A file on disk may be replaced between the check and the execution, and through a hard link others can write to it
// without a trace in its folder. So everything that runs is in memory: the program is executed through the descriptor
// of a sealed file, and bubblewrap mounts sealed files of the whole folder where the folder is.
#include "trust/run_hook.h"

#include <algorithm>
#include <array>
#include <deque>

#include "client/names.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "syntax/json.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::trust {
namespace {

using files::ProgramCall, files::ProgramRun;

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

using Outcome = HookAnswer::Outcome;

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

// An interpreter must be one of the system's, both as written and with links resolved: a consent is worthless if the
// approved script is run by someone else's program.

constexpr std::string_view manifest_name = "SKILL.md";
// The folders in which interpreters are found by name, and folders that no project writes to.
constexpr std::array<std::string_view, 3> program_folders = {"/usr/local/bin", "/usr/bin", "/bin"};
constexpr std::array<std::string_view, 6> system_folders = {"/bin", "/gnu/store", "/nix/store",
                                                            "/opt", "/sbin",      "/usr"};
constexpr std::string_view current_system = "/run/current-system";  // links into /nix/store
// Interpreter options without a value. Options that name a file or module are missing: it would run unread.
constexpr std::string_view plain_options = "BETUWaefnpsuvwx";

std::string hash_of(const SkillFolder& folder) {
  hash::Sha256 digest;
  const auto add = [&](std::string_view text) {  // with its length, so that different lists give different texts
    digest.add(std::to_string(text.size())).add(":").add(text);
  };
  digest.add("cascade hooks 1\n");
  add(to_string(folder.symbol));
  add(folder.manifest);
  for (const files::WholeFile& file : folder.files) {
    add(file.path);
    digest.add(file.directory ? "d" : "f").add(std::to_string(file.mode)).add(" ");
    add(file.text);
  }
  return digest.hex();
}

bool lies_in_the_system(const std::string& path) {
  return std::ranges::any_of(system_folders, [&](std::string_view folder) { return files::is_within(folder, path); });
}

// The path as written must be in the system as well: /proc/self/cwd/bin/sh may lead elsewhere when it is executed.
bool is_of_the_system(const std::string& path) {
  const bool written = lies_in_the_system(path) || files::is_within(current_system, path);
  const auto real = files::DiskTree().real_path(path);
  return written && path.find("/..") == std::string::npos && real && lies_in_the_system(*real);
}

bool is_plain_option(const std::string& argument) {
  return argument.empty() || argument == "-I" ||
         (argument.size() > 1 && argument.front() == '-' &&
          argument.find_first_not_of(plain_options, 1) == std::string::npos);
}

Error refused(const std::string& message, const std::string& path, const std::string& help) {
  return {ErrorCode::unsupported, message, path, help};
}

// Checks a first line such as "#!/bin/sh -e" or "#!/usr/bin/env python3".
Result<void> check_interpreter(const std::string& text, const std::string& path) {
  const std::string_view line = letters::trim(std::string_view(text).substr(2, text.find('\n') - 2));
  const std::size_t blank = line.find_first_of(" \t");
  const std::string program(line.substr(0, blank));
  const std::string argument(blank == line.npos ? std::string_view() : letters::trim(line.substr(blank)));
  constexpr const char* help = "#!/bin/sh, #!/usr/bin/env python3: an interpreter that the system has";
  if (!files::is_absolute(program) || !is_of_the_system(program))
    return refused("its interpreter \"" + program + "\" is none of the system's", path, help);
  if (files::file_name(program) != "env") {
    if (is_plain_option(argument)) return {};
    return refused("its interpreter gets \"" + argument + "\"", path,
                   "#!/bin/sh -eu: letters that stand for themselves");
  }
  const bool plain = !argument.empty() &&
                     std::ranges::all_of(argument, [](char c) { return letters::is_name(c) || c == '.' || c == '+'; });
  if (!plain || argument.front() == '-' || std::ranges::none_of(program_folders, [&](std::string_view folder) {
        return is_of_the_system(files::join(folder, argument));
      }))
    return refused("its interpreter \"" + argument + "\" is none of the system's", path, help);
  return {};
}

}  // namespace

Result<HookRun> run_hook(const HookCall& call) {
  if (auto checked = check_program(call.folder, call.words.front()); !checked) return checked.error();
  if (!call.sandbox.empty() && files::DiskTree().stat(call.sandbox).has_value()) {
    auto run = run_confined(call);
    if (!run) return run.error();
    if (*run) return HookRun{**std::move(run), true};
  }
  auto run = run_bare(call);
  if (!run) return run.error();
  return HookRun{*std::move(run), false};
}

constexpr letters::Names<Outcome::failed> outcome_names("silent", "said", "ask", "deny", "late", "failed");
std::string_view to_string(Outcome outcome) noexcept { return outcome_names.of(outcome); }

HookAnswer read_hook_answer(const files::ProgramRun& run) {
  constexpr std::string_view blanks = " \t\r\n";
  if (run.timed_out) return {.outcome = Outcome::late, .reason = "it took too long and was ended"};
  if (run.output.size() > most_answer_bytes)
    return {.outcome = Outcome::failed, .reason = "it answered with more than 64 KiB"};
  if (run.exit_code == 2) return {.outcome = Outcome::deny, .reason = run.errors};
  if (run.exit_code != 0)
    return {.outcome = Outcome::failed,
            .reason = "it ended with status " + std::to_string(run.exit_code) +
                      (run.errors.empty() ? "" : ": " + run.errors.substr(0, 200))};
  HookAnswer answer;
  const std::size_t begin = run.output.find_first_not_of(blanks);
  if (begin == std::string::npos || (run.output[begin] == '{' && read_json(run.output.substr(begin), answer)))
    return answer;
  return {.outcome = Outcome::said, .context = run.output.substr(begin)};
}

const files::WholeFile* SkillFolder::find(std::string_view file) const {
  const auto found =
      std::ranges::find_if(files, [&](const files::WholeFile& one) { return !one.directory && one.path == file; });
  return found == files.end() ? nullptr : &*found;
}

std::string SkillFolder::manifest_path() const { return files::join(path, manifest); }

Result<SkillFolder> read_skill_folder(const Symbol& symbol, const std::string& manifest_path) {
  SkillFolder folder;
  folder.symbol = symbol;
  folder.manifest = files::file_name(manifest_path);
  if (symbol.kind != Kind::skill || folder.manifest != manifest_name)
    return refused("only a skill with a folder of its own can bring programs", manifest_path,
                   "move it to skills/NAME/SKILL.md");
  auto real = files::DiskTree().real_path(std::string(files::parent(manifest_path)));
  if (!real) return real.error();
  folder.path = *std::move(real);
  auto files = files::read_whole_folder(folder.path);
  if (!files) return files.error();
  folder.files = *std::move(files);
  if (folder.find(folder.manifest) == nullptr)
    return Error{ErrorCode::not_found, "there is no such file", manifest_path, ""};
  folder.hash = hash_of(folder);
  return folder;
}

manifest::SkillHooks hooks_of(const SkillFolder& folder) {
  const files::WholeFile* file = folder.find(folder.manifest);
  if (file == nullptr) return {};
  ManifestSource source;
  source.kind = folder.symbol.kind;
  source.text = file->text;
  source.path = folder.manifest;
  for (const Field& field : parse_manifest(source, TokenCounter::estimating()).fields)
    if (field.key == manifest::hooks_key) return manifest::read_skill_hooks(field.value);
  return {};
}

Result<void> check_program(const SkillFolder& folder, const std::string& program) {
  const files::WholeFile* file = folder.find(program);
  const std::string path = files::join(folder.path, program);
  if (file == nullptr) return Error{ErrorCode::not_found, "there is no such program", path, "run scripts/check"};
  if ((file->mode & 0111U) == 0) return refused("is not executable", path, "chmod +x " + program);
  if (file->text.starts_with("#!")) return check_interpreter(file->text, path);
  if (file->text.starts_with("\177ELF")) return {};
  return refused("is neither a script with #! nor a program", path, "begin it with #!/bin/sh");
}

Consent consent_to(const Symbol& symbol, const std::string& path, const Allowed& allowed) {
  if (symbol.kind == Kind::command) return {allowed.file(files::DiskTree(), path), {}, {}};
  const auto folder = read_skill_folder(symbol, path);
  if (!folder) return {Allowed::Hooks::none, {}, folder.error()};
  return {allowed.hooks(folder->manifest_path(), folder->hash), folder->hash, {}};
}

constexpr letters::Names<Allowed::Hooks::allowed> hooks_names("asleep", "changed", "allowed");
std::string_view to_string(Allowed::Hooks state) noexcept { return hooks_names.of(state); }

Result<Allowed> read_own_list(const std::string& path) {
  const files::DiskTree tree;
  const auto is_own = tree.is_own(path);
  if (is_own && !*is_own) return Error{ErrorCode::unreadable, "belongs to another user", path, ""};
  return Allowed::read(tree, path);
}

}  // namespace cascade::trust
