// Other machines: commands run there, and files copied there.
#include "evidence/programs.h"
#include "evidence/verb_rules.h"
#include "evidence/word_lists.h"
#include "evidence/words.h"

namespace cascade::evidence {
namespace {

// Whatever is not known to show something counts as a change: a change that is overlooked is worse than one too many.
bool only_shows(const shell::Call& call) {
  if (is_in(list::readers, call.program)) return true;
  const Words words(call, "-f --file -C -n --lines -u -p --project-name");
  if (call.program == "sed") return !words.has("-i") && !words.has("--in-place");
  if (call.program == "docker" && words.operand(0) == "compose")
    return lists("ps logs config images top ls port version", words.operand(1));
  if (call.program == "docker-compose") return lists("ps logs config images top port version", words.operand(0));
  if (call.program == "service") return words.operand(1) == "status";
  if (words.has_any("--version --help")) return true;
  for (const Shows& shows : showing_programs()) {
    if (shows.program != call.program) continue;
    if (lists(shows.verbs, words.operand(0))) return true;
    for (const shell::Value& word : call.words)
      if (word.text.size() > 1 && word.text[0] == '-' && lists(shows.verbs, word.text)) return true;
  }
  return false;
}

// Nothing is known of the other machine, so every `cd` there succeeds.
struct AnyMachine : shell::Surroundings {
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
};

// "user@host:/path", "host:path"; nothing for a local path or C:\path.
std::string remote_of(std::string_view place) {
  if (begins_with_one(list::copy_schemes, place)) return std::string(place);
  const std::size_t colon = place.find(':');
  if (colon == std::string_view::npos || colon < 2 || place.find('/') < colon) return {};
  return std::string(place);
}

std::string host_of(std::string_view place) {
  const std::size_t at = place.find('@');
  std::string_view host = place.substr(at == std::string_view::npos ? 0 : at + 1);
  return std::string(host.substr(0, host.find(':')));
}

void judge_line(const shell::Call& call, const std::string& line, const std::string& host,
                std::vector<Finding>& found) {
  if (is_own_machine(host_of(host))) return;
  const Remote remote = read_remote(line);
  if (remote.changes)
    found.push_back(effect(call, Kind::change, host));
  else if (remote.shows)
    found.push_back(witness(call, Interface::cli, host));
  else
    return;
  found.back().names.push_back(host_of(host));
}

// ssh [options] HOST [COMMAND...]: the words after the host are one line for its shell.
void judge_ssh(const shell::Call& call, std::vector<Finding>& found) {
  const std::string_view takes = options_with_value(call.program);
  std::size_t at = 1;
  while (at < call.words.size()) {
    const std::string& word = call.words[at].text;
    if (word.size() < 2 || word[0] != '-') break;
    if (lists("-V -N -G -Q", word)) return;
    at += word.size() == 2 && lists(takes, word) ? 2 : 1;
  }
  if (at >= call.words.size()) return;
  const std::string host = spelled(call.words[at++]);
  while (at < call.words.size() && call.words[at].text.substr(0, 1) == "-") {  // options may also follow the host
    if (call.words[at].text == "-N") return;
    at += lists(takes, call.words[at].text) ? 2 : 1;
  }
  std::string line;
  for (; at < call.words.size(); ++at) line += (line.empty() ? "" : " ") + spelled(call.words[at]);
  if (line.empty() && call.input) line = *call.input;
  // A shell that reads standard input.
  const bool reads = is_in(list::shells_reading, line);
  if (reads && call.input) line = *call.input;
  if (!line.empty()) judge_line(call, line, host, found);
}

void judge_copy(const shell::Call& call, Kind kind, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  if (words.operands().size() < 2) return;
  if (only_rehearses(words) || words.has("--list-only")) return;
  if (call.program == "rsync" && words.has_letter('n')) return;
  const std::string remote = remote_of(words.operands().back());
  if (remote.empty() || is_own_machine(host_of(remote))) return;
  found.push_back(effect(call, kind, remote));
  found.back().names.push_back(host_of(remote));
}

// rclone, s3cmd and mc: a destination elsewhere is a name with a colon, or an address.
void judge_object_copy(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  if (words.operands().empty()) return;
  const std::string_view verb = words.operand(0), last = words.operands().back();
  if (lists(
          "copy sync move copyto moveto delete purge rcat mkdir rmdir deletefile put del cp mv rm mb rb mirror setacl",
          verb)) {
    const bool is_elsewhere = last.find(':') != std::string_view::npos || call.program == "mc";
    if (is_elsewhere && !only_rehearses(words) && !words.has_letter('n'))
      found.push_back(effect(call, Kind::change, std::string(last)));
  } else if (lists("ls lsl lsf lsd lsjson size check info stat du cat md5sum", verb) && words.operands().size() > 1) {
    found.push_back(witness(call, Interface::cli, std::string(last)));
  }
}

void judge_sftp(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  found.push_back(effect(call, Kind::change, words.operands().empty() ? call.program : words.operands().front()));
}

void judge_crontab(const shell::Call& call, std::vector<Finding>& found) {
  const Words words(call, options_with_value(call.program));
  if (words.has_any("-l -e -V")) return;
  if (words.has("-r") || !words.operands().empty() || call.words.size() == 1)
    found.push_back(effect(call, Kind::change, "crontab"));
}

}  // namespace

Remote read_remote(const std::string& line) {
  Remote remote;
  const shell::Trace traced = shell::trace(line, "/", AnyMachine(), [&](const shell::Call& call) {
    if (call.words.empty()) {
      remote.changes = remote.changes || call.kind != shell::Call::Kind::program || !call.written.empty();
      return;
    }
    if (lists("export source .", call.program)) return;
    std::vector<Finding> found;
    if (find_web_client(call, found)) {
      remote.shows = true;
      for (const Finding& one : found) remote.changes = remote.changes || one.is_effect;
    } else if (only_shows(call)) {
      remote.shows = true;
    } else {
      remote.changes = true;
    }
    remote.changes = remote.changes || !call.written.empty();
  });
  if (!traced.complete) remote.changes = true;
  return remote;
}

bool find_remote_host(const shell::Call& call, std::vector<Finding>& found) {
  const std::string& name = call.program;
  if (lists("ssh mosh autossh sshpass", name))
    judge_ssh(call, found);
  else if (name == "rsync")
    judge_copy(call, Kind::deploy, found);
  else if (name == "scp")
    judge_copy(call, Kind::change, found);
  else if (lists("rclone s3cmd mc s5cmd", name))
    judge_object_copy(call, found);
  else if (name == "crontab")
    judge_crontab(call, found);
  else if (name == "ssh-copy-id")
    found.push_back(effect(call, Kind::change, call.words.back().text));
  else if (name == "sftp" || name == "lftp")
    judge_sftp(call, found);
  else
    return false;
  return true;
}

}  // namespace cascade::evidence
