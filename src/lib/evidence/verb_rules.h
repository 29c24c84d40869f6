// The table for programs whose verbs tell what they do. A row matches if the program is one of `programs` and its
// operands begin with `verbs`; the first one decides. A program without a row does nothing outside.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/find.h"
#include "evidence/words.h"

namespace cascade::evidence {

struct VerbRule {
  std::string_view programs;  // separated by blanks
  // Alternatives for each operand, separated by |; "*" is any word. "~a|b": one of these anywhere.
  std::string_view verbs;
  // "push", "change", "publish", "deploy": an effect; "cli", "http", "browser": a witness through it; "-": neither
  std::string_view what;
  // The sources of the target; the first existing one counts: "#1" the first operand after the verbs, "@1" the first
  // of all, "-a|--app" an option's value, "=word" this word; "#1/#2" and "pr/#1" combined. Nothing: the program's
  // name.
  std::string_view target = {};
  std::string_view needs = {}, unless = {};  // options of which one must be present, or none may be
  std::string_view idle = {};                // what it prints where it found nothing to do; alternatives between |
};

std::span<const VerbRule> verb_rules() noexcept;

// The options of some programs whose value is the next word, both separated by blanks.
struct ValueOptions {
  std::string_view programs, options;
};
std::span<const ValueOptions> value_options() noexcept;

// The table's verdict on a program's words, one finding or none; nothing: no row matches.
std::optional<std::vector<Finding>> by_verbs(const shell::Call& call);

// The program's options whose value is the next word.
std::string_view options_with_value(std::string_view program) noexcept;

// Whether the words only ask for help or a rehearsal: --help, --dry-run, --plan.
bool only_rehearses(const Words& words);

// Programs that the table cannot describe, by families. Each adds the call's findings to `found`, and tells whether the
// program is of its family.
bool find_web_client(const shell::Call& call, std::vector<Finding>& found);   // curl, wget, httpie, xh, a browser
bool find_remote_host(const shell::Call& call, std::vector<Finding>& found);  // ssh, scp, rsync
bool find_database(const shell::Call& call, std::vector<Finding>& found);     // psql, mysql, redis-cli, mongosh
bool find_cloud(const shell::Call& call, std::vector<Finding>& found);        // aws, gcloud, az, doctl, rclone
bool find_containers(const shell::Call& call, std::vector<Finding>& found);   // docker compose, docker --context
bool find_api_client(const shell::Call& call, std::vector<Finding>& found);   // gh api, glab api, kubectl exec, ansible
void find_script(const shell::Call& call, std::vector<Finding>& found);       // ./deploy.sh, make deploy

// The meaning of a command line that is run elsewhere: whether it changes something, and whether it shows something.
struct Remote {
  bool changes = false, shows = false;
};
Remote read_remote(const std::string& line);
// Adds the effect or look at `target` that such a line is. False: it is neither.
bool add_remote(const shell::Call& call, Remote remote, const std::string& target, std::vector<Finding>& found);

std::string upper(std::string text);

Finding effect(const shell::Call& call, Kind kind, std::string target, Interface interface = Interface::cli);
Finding witness(const shell::Call& call, Interface interface, std::string target);

}  // namespace cascade::evidence
