// Reads a skill's folder and computes the hash that a consent covers: name, path, and the path, permissions and bytes
// of every entry, each text with its length so that no two folders give the same input. Then checks what would execute
// a program. An interpreter must be one of the system's, both as written and with links resolved, because a consent is
// worthless if the approved script is run by someone else's program.
#include "trust/skill_folder.h"

#include <algorithm>
#include <array>

#include "files/paths.h"
#include "files/tree.h"
#include "hash/sha256.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::trust {
namespace {

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
  return std::any_of(system_folders.begin(), system_folders.end(),
                     [&](std::string_view folder) { return files::is_within(folder, path); });
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
  const bool plain = !argument.empty() && std::all_of(argument.begin(), argument.end(), [](char c) {
    return letters::is_name(c) || c == '.' || c == '+';
  });
  if (!plain || argument.front() == '-' ||
      std::none_of(program_folders.begin(), program_folders.end(),
                   [&](std::string_view folder) { return is_of_the_system(files::join(folder, argument)); }))
    return refused("its interpreter \"" + argument + "\" is none of the system's", path, help);
  return {};
}

}  // namespace

const files::WholeFile* SkillFolder::find(std::string_view file) const {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const files::WholeFile& one) { return !one.directory && one.path == file; });
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
  if (file->text.rfind("#!", 0) == 0) return check_interpreter(file->text, path);
  if (file->text.rfind("\x7f"
                       "ELF",
                       0) == 0)
    return {};
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
