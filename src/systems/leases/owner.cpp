#include "leases/owner.h"

#include "files/paths.h"
#include "files/process.h"
#include "text/one_of.h"
#include "unicode/utf8.h"

namespace cascade::lease {
namespace {

std::string_view program_of(const std::vector<std::string>& words) {
  std::string_view name = words.empty() ? std::string_view() : files::file_name(words.front());
  if (!name.empty() && name.front() == '-') name.remove_prefix(1);  // a login shell
  return name;
}

bool is_shell(std::string_view name) {
  return letters::is_one_of(name, {"sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "ash"});
}

bool is_launcher(const std::vector<std::string>& words) {
  return letters::is_one_of(program_of(words), {"node", "nodejs"}) && words.size() > 1 &&
         files::file_name(words[1]) == "cascade";
}

// "-c", and "-lc", with which a shell runs one line.
bool has_line(const std::vector<std::string>& words) {
  for (std::size_t i = 1; i < words.size() && words[i].size() > 1 && words[i].front() == '-'; ++i)
    if (words[i][1] != '-' && words[i].find('c') != std::string::npos) return true;
  return false;
}

}  // namespace

std::int64_t calling_process() {
  const std::int64_t parent = files::parent_process();
  return is_launcher(files::command_line(parent)) ? files::parent_of(parent) : parent;
}

bool ends_with_its_command(const std::vector<std::string>& words) {
  const std::string_view name = program_of(words);
  if (is_shell(name)) return has_line(words);
  return letters::is_one_of(
      name, {"timeout", "xargs", "sudo", "doas", "su", "runuser", "script", "watch", "parallel", "npx", "npm", "pnpm",
             "yarn", "ssh", "setsid", "strace", "find", "flock", "unshare"});
}

std::string owner_text(std::int64_t pid, const std::vector<std::string>& words) {
  const bool has_more = words.size() > 1 && is_shell(program_of(words)) && has_line(words);
  const std::string name(program_of(words));
  return unicode::displayable(name.empty() ? "a program" : name) + (has_more ? " -c" : "") + ", process " +
         std::to_string(pid);
}

}  // namespace cascade::lease
