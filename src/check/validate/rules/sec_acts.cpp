// SEC022 to SEC030, in the profile `install` alone: what a skill does or asks for beyond what its description promises.
// All its files are read together (validate/acts). Some acts need words in the promise that cover them: a job in the
// schedule, rights, packages from elsewhere. Others count where they meet in one file: a secret and a host.
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "files/paths.h"
#include "syntax/lines.h"
#include "text/names.h"
#include "text/word_set.h"
#include "validate/acts/act.h"
#include "validate/reading/lists.h"
#include "validate/reading/plugins.h"
#include "validate/reading/shell.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

constexpr std::size_t most_files = 400, longest_file = 1u << 20;

// The acts of one file, or of one block of commands: what meets in it belongs together.
struct ActsOfText {
  std::string path;
  std::vector<Act> acts;
  bool is_manifest = false;

  bool has(Deed deed) const { return find(deed) != nullptr; }
  const Act* find(Deed deed) const { return letters::find_first(acts, &Act::deed, deed); }
  // The host of a call that sends, else the first that the file names.
  std::string host() const {
    for (const Act& act : acts)
      if (act.deed == Deed::sends && !act.object.empty()) return act.object;
    for (const Act& act : acts)
      if (act.what == "names a host") return act.object;
    return {};
  }
};

std::string_view rule_of(Deed deed) {
  switch (deed) {
    case Deed::starts:
    case Deed::settings: return "SEC022";
    case Deed::foreign: return "SEC023";
    case Deed::rights: return "SEC024";
    case Deed::destroys: return "SEC013";
    case Deed::traces: return "SEC027";
    case Deed::falsifies: return "SEC028";
    case Deed::conceals: return "SEC030";
    case Deed::unpinned: return "SEC031";
    default: return {};
  }
}

bool is_home(std::string_view homes, const std::string& host) {
  return any_of_list(homes, ' ', [&](std::string_view home) { return home != "-" && host.find(home) != host.npos; });
}

// A place alone is no promise: "makes the shell start faster" does not say that something is written there.
bool is_change(Deed deed) { return deed == Deed::starts || deed == Deed::settings; }

std::string from(const std::string& host) { return host.empty() ? std::string() : " from " + host; }

// A start behind the download, in a file that makes something executable.
const Act* started(const FileTree& tree, const ActsOfText& text, const Act& fetches) {
  const auto content = tree.read(text.path);
  if (!content || !has_part(*content, {"755", "chmod", "777", "S_IEXEC"})) return nullptr;
  for (const Act& act : text.acts)
    if (act.deed == Deed::runs && act.what != "names a host" && act.at > fetches.at) return &act;
  return nullptr;
}

// Says where something is in the skill's files. Findings of one file come together: its lines are counted once.
class Places {
 public:
  Places(const FileTree& tree, const Document& document) : tree_(tree), document_(document) {}

  Location at(const std::string& path, std::size_t at) {
    if (path == document_.path()) return document_.at(at, 0);
    if (!lines_ || path_ != path) {
      text_ = tree_.read(path).value_or(std::string());
      lines_.emplace(text_);
      path_ = path;
    }
    return {path, lines_->line_at(std::min(at, text_.size())), 0, 0, 0};
  }

 private:
  const FileTree& tree_;
  const Document& document_;
  std::optional<syntax::LineIndex> lines_;
  std::string path_, text_;
};

// Holds the acts of one text after the other against the promise.
class ActJudge {
 public:
  ActJudge(const Context& context, const Document& document, const Promise& said, const Promise& promise,
           Findings& findings)
      : tree_(context.tree), said_(said), promise_(promise), findings_(findings), places_(context.tree, document) {}

  void report(std::string_view rule, const std::string& path, std::size_t at, std::string message, std::string help) {
    const Location where = places_.at(path, at);
    if (!told_.emplace(std::string(rule) + where.path, where.line).second) return;
    errors_ += findings_.severity(rule) == Severity::error ? 1 : 0;
    findings_.add(rule, where, std::move(message), std::move(help));
  }

  // Errors alone count, or many harmless lines would hide what refuses the package.
  bool has_enough() const { return errors_ >= most_looked_for; }

  void judge(const ActsOfText& text) {
    for (const Act& act : text.acts) by_itself(text, act);
    leak(text);
    fetched_program(text);
    survey(text);
  }

 private:
  // Acts that the promise must cover.
  void by_itself(const ActsOfText& text, const Act& act) {
    const bool pushes = act.deed == Deed::sends && !act.topics.empty();
    const std::string_view rule = pushes ? "SEC025" : rule_of(act.deed);
    if (rule.empty() || (promise_.covers(act.topics) && (!is_change(act.deed) || promise_.names_change()))) return;
    const bool of_program = !text.is_manifest && form_of(text.path, {}) == Form::program;
    const bool of_place = is_change(act.deed) || act.deed == Deed::traces;
    if (of_program && of_place && !text.has(Deed::writes) && !text.has(Deed::runs)) return;
    if (act.deed == Deed::unpinned) {  // one finding a skill: the rest is of the same kind
      if (text.is_manifest && !std::exchange(unpinned_, true))
        report(rule, text.path, act.at, "this " + std::string(act.what),
               "name a version, so that what was looked at is what runs");
      return;
    }
    report(rule, text.path, act.at,
           "this " + std::string(act.what) +
               (act.what == says_in_any_case ? "" : ", which the description does not promise"),
           "say so in the description and ask the user first, or remove it");
  }

  // A secret, or all variables, in a file that sends something; and data for a host that the skill never names.
  void leak(const ActsOfText& text) {
    const Act* sends = text.find(Deed::sends);
    const Act* secret = text.find(Deed::secret);
    if (secret == nullptr) secret = text.find(Deed::environment);
    const std::string host = text.host();
    const bool own = secret != nullptr && is_home(secret->home, host);
    if (secret != nullptr && !own &&
        (sends != nullptr ||
         (text.has(Deed::fetches) && (secret->deed == Deed::secret || secret->what.starts_with("puts"))))) {
      report("SEC025", text.path, secret->at,
             "this reads " + std::string(secret->what) + " in a " + (text.is_manifest ? "command" : "program") +
                 " that reaches " + (host.empty() ? "another host" : host),
             "remove it, or let the user hand over the one value that is needed");
      return;
    }
    for (const Act& act : text.acts)
      if (act.deed == Deed::secret && !promise_.covers(act.topics))
        return report("SEC025", text.path, act.at,
                      "this reads " + std::string(act.what) + ", which the description does not promise",
                      "remove it, or let the user hand over the one value that is needed");
    for (const Act& act : text.acts)
      if (act.what == asks_for_name && !is_known(act.object))
        return report("SEC025", text.path, act.at, "this hands data on in a name that it looks up", "remove it");
    if (sends != nullptr && host.empty() && sends->what == sends_a_file && text.has(Deed::decodes))
      return report("SEC025", text.path, sends->at, "this sends a file to a host whose name is decoded",
                    "write the host as it is");
    if (sends == nullptr || host.empty()) return;
    const bool file = letters::find_first(text.acts, &Act::what, sends_a_file) != nullptr;
    const bool leads = sends->what.starts_with("leads ");  // all that a client says
    if ((text.is_manifest && file) || leads ? is_known(host) : promise_.names_host(host)) return;
    report("SEC025", text.path, sends->at,
           "this sends data to " + host + ", which the " + (text.is_manifest ? "description" : "skill's text") +
               " does not name",
           "say in SKILL.md what is sent there and why, or remove it");
  }

  // Whether the description names the host, or the text its owner.
  bool is_known(const std::string& host) const { return said_.names_host(host) || promise_.names_owner(host); }

  // A program that downloads and then starts or evaluates something, with no sum checked; or that runs decoded text.
  void fetched_program(const ActsOfText& text) {
    constexpr std::size_t near = 200;
    const Act* fetches = text.find(Deed::fetches);
    const Act* runs = text.find(Deed::evaluates);
    std::set<std::size_t> decoded;
    for (const Act& act : text.acts)
      if (act.deed == Deed::decodes) decoded.insert(act.at);
    for (const Act& act : text.acts)
      if (act.deed == Deed::evaluates)
        if (const auto next = decoded.upper_bound(act.at); next != decoded.end() && *next < act.at + near)
          return report("SEC030", text.path, act.at, "this runs a text that was hidden by encoding it",
                        "write the program as it is");
    for (const Act& act : text.acts)
      if (act.what == runs_download_itself ||
          (act.what == runs_download && !text.is_manifest && form_of(text.path, {}) != Form::shell))
        return report("SEC030", text.path, act.at, "this " + std::string(act.what) + from(host_in(act.object)),
                      "ship the program with the skill, or compare it with a sum that the skill holds");
    if (text.is_manifest || fetches == nullptr || text.has(Deed::checks)) return;
    if (runs == nullptr && text.has(Deed::writes)) runs = started(tree_, text, *fetches);
    if (runs == nullptr || is_known(text.host())) return;
    report("SEC030", text.path, runs->at, "this runs what it downloads" + from(text.host()) + ", and nothing checks it",
           "ship the program with the skill, or compare it with a sum that the skill holds");
  }
  // Who and what is on the machine, taken together.
  void survey(const ActsOfText& text) {
    constexpr std::string_view topics =
        "system machine host diagnose diagnostic monitor security audit network server environment debug performance "
        "process resource incident forensic benchmark inventory troubleshoot hardware port sandbox";
    std::set<std::string_view> seen;
    const Act* first = nullptr;
    for (const Act& act : text.acts)
      if (act.deed == Deed::surveys && seen.insert(act.what).second && first == nullptr) first = &act;
    const std::size_t least = text.has(Deed::sends) ? 3 : 4;
    if (seen.size() < least || promise_.covers(topics)) return;
    report("SEC029", text.path, first->at, "this looks the machine over: " + letters::joined(seen, ", "),
           "collect only what the task needs");
  }

  const FileTree& tree_;
  const Promise &said_, &promise_;
  Findings& findings_;
  Places places_;
  bool unpinned_ = false;
  std::uint32_t errors_ = 0;
  std::set<std::pair<std::string, std::uint32_t>> told_;
};

class PackageCheck : FileJudge {
 public:
  PackageCheck(const Context& context, const Document& document, Findings& findings)
      : FileJudge(context, document, findings),
        said_(document.manifest() ? document.manifest()->name : std::string_view(), description(), description()),
        promise_(document.manifest() ? document.manifest()->name : std::string_view(), description(), document.text()),
        judge_(context, document, said_, promise_, findings) {}

  void run() {
    commands();
    if (document_.place().skill && document_.role() == Role::skill) bundled(*document_.place().skill);
    asked(document_.path(), document_.body());
  }

 private:
  std::string description() const {
    std::string all;
    for (const char* field : {"description", "when_to_use"})
      if (const syntax::Node* value = document_.field(field); is_text(value)) all += value->text + "\n";
    return all;
  }

  void add(ActsOfText text) {
    judge_.judge(text);
    texts_.push_back(std::move(text));
  }

  // Every block of commands in the text by itself.
  void commands() {
    for (const CommandText& command : configured_commands(document_))
      add({document_.path(), acts_of_shell(command.text, command.begin), true});
    for (const Stretch& stretch : document_.body().stretches()) {
      const auto range = shell_text(document_, stretch);
      if (judge_.has_enough()) return;
      if (!range || stretch.kind == Region::indented) other_code(stretch);
      if (!range || range->end <= range->begin || is_warned_of(stretch)) continue;
      const std::string_view code = document_.text().substr(range->begin, range->end - range->begin);
      if (stretch.kind == Region::code && code.find(' ') == std::string_view::npos) continue;  // a name in a sentence
      std::vector<Act> acts = acts_of_shell(code, range->begin);
      std::ranges::move(keys_.acts(code, range->begin), std::back_inserter(acts));
      add({document_.path(), std::move(acts), true});
    }
  }

  // A block for a program or a tool's settings: scripts that a package runs by itself, and lowered protection.
  void other_code(const Stretch& stretch) {
    if (stretch.kind == Region::code || !is_code(stretch.kind) || is_warned_of(stretch)) return;
    const std::string_view whole = document_.text().substr(stretch.begin, stretch.end - stretch.begin);
    const std::size_t begin = std::min(whole.find('\n'), whole.size());
    const std::string_view text = whole.substr(begin, whole.rfind('\n') - begin);
    ActsOfText found{document_.path(), {}, false};
    if (has_part(text, {"install\"", "\"prepare\""})) found.acts = acts_of_file(text, "package.json");
    for (Act& act : acts_of_program(text, "x.js"))
      if (act.deed == Deed::rights) found.acts.push_back(std::move(act));
    std::ranges::move(keys_.acts(text, 0), std::back_inserter(found.acts));
    for (Act& act : found.acts) act.at += stretch.begin + begin;
    if (!found.acts.empty()) add(std::move(found));
  }

  // Shown as an attack, or forbidden: by its sentence if it is within one, by a lead-in that begins with the refusal if
  // it is a block ("the user doesn't have to hear of it:" refuses something else).
  bool is_warned_of(const Stretch& stretch) const {
    const TextModel& body = document_.body();
    if (stretch.kind == Region::code && is_talked_about(body, stretch)) return true;
    const Stance stance = stance_of(body, stretch.begin, stretch.end);
    if (stance != Stance::forbidden) return stance == Stance::attack;
    if (stretch.kind == Region::code) return true;
    for (const std::string_view lead : body.lead_ins(stretch.begin))
      if (!has_phrase(lead.substr(0, 10), {"if", "when", "where", "while", "once", "should"}) &&
          has_phrase(lead.substr(0, 24), {"never", "do not", "don't", "avoid", "not", "no"}))
        return true;
    return false;
  }

  void bundled(std::string_view skill) {
    std::size_t count = 0;
    const std::vector<std::string>& all = context_.tree.files();
    for (const std::string& path :
         skill.empty() ? Span<std::string>{all.data(), all.size()} : context_.tree.files_below(std::string(skill))) {
      if (path == document_.path() || ++count > most_files) continue;
      const bool markdown = path.ends_with(".md");
      if (!markdown && !may_hold_commands(path)) continue;
      const auto text = context_.tree.read(path);
      if (!text || text->size() > longest_file || is_bundled_code(path, *text)) continue;
      if (markdown)
        asked(path, TextModel(*text, 0));
      else if (form_of(path, *text) != Form::none)
        add({path, acts_of(path, *text)});
    }
  }

  // A program that looks for faults names them.
  std::vector<Act> acts_of(const std::string& path, const std::string& text) const {
    constexpr std::string_view looking = "audit scan scanner lint linter detect check checker review benchmark report";
    std::vector<Act> acts = acts_of_file(text, path);
    if (form_of(path, text) != Form::program || !said_.covers(looking))
      std::ranges::move(keys_.acts(text, 0), std::back_inserter(acts));
    return acts;
  }

  void asked(const std::string& path, const TextModel& text) {
    DeedsOfText deeds;
    if (path == document_.path())
      for (const ActsOfText& of : texts_)
        for (const Act& act : of.acts) {
          if (!of.is_manifest || act.deed == Deed::surveys || act.deed == Deed::unpinned || act.what == "names a host")
            continue;
          deeds.all.push_back(act.at);
          if (!said_.covers(act.topics)) deeds.unsaid.push_back(act.at);
        }
    for (std::vector<std::size_t>* places : {&deeds.all, &deeds.unsaid}) std::sort(places->begin(), places->end());
    for (const Asked& one : asked_by(text, deeds, said_)) {
      if (!one.frame->topics.empty() && promise_.covers(one.frame->topics)) continue;
      const std::size_t first = std::min(text.text().find_first_not_of(" \t\r\n", one.range.begin), one.range.end);
      judge_.report(one.frame->rule, path, first, std::string(one.frame->what),
                    "remove it, or say it in the description");
    }
  }

  const ConfigurationKeys keys_;
  const Promise said_, promise_;  // in the description alone, and with the whole text
  ActJudge judge_;
  std::vector<ActsOfText> texts_;
};

}  // namespace

void check_acts(const Context& context, const Document& document, Findings& findings) {
  if (findings.profile() == Profile::install && is_manifest(document.role()))
    PackageCheck(context, document, findings).run();
}

}  // namespace cascade::validation
