// Conversations are read one after the other, and of each only figures are kept. What a session sent may be used in its
// forks; what these repeat of its lines counts there alone.
#include "usage/report.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "records/record.h"
#include "session/ledger.h"
#include "syntax/put.h"
#include "text/ascii.h"
#include "text/names.h"

#include <algorithm>
#include <set>

// How figures add up, and the interval of a share.
namespace cascade::usage {

Figures& Figures::operator+=(const Figures& other) {
  sent += other.sent;
  unknown += other.unknown;
  tokens += other.tokens;
  used.hits += other.used.hits;
  used.of += other.used.of;
  for (const auto& [sign, count] : other.signs) signs[sign] += count;
  wasted += other.wasted;
  wasted_tokens += other.wasted_tokens;
  carried_tokens += other.carried_tokens;
  return *this;
}

namespace {

// The manifests that a section names, by the lines of their links.
std::vector<std::string> named_in(const Registry& registry, SectionId id) {
  const ManifestView manifest = registry[id.manifest];
  const SectionView section = registry.section(id.manifest, id.section);
  const std::uint32_t whole = section.shorter_of;
  std::uint32_t end = ~std::uint32_t{0};
  if (whole + 1 < registry.whole_sections(id.manifest)) end = registry.section(id.manifest, whole + 1).line;
  std::vector<std::string> names;
  for (const Link& link : registry.links(id.manifest))
    if (link.line >= section.line && link.line < end && link.strength != Strength::excluded)
      names.emplace_back(registry[link.to].name);
  if (manifest.kind != Kind::skill) names.emplace_back(manifest.name);
  return names;
}

Figures figures_of(const Fate& fate) {
  Figures figures;
  figures.sent = 1;
  figures.tokens = fate.tokens;
  if (!fate.known) {
    figures.unknown = 1;
    return figures;
  }
  figures.used = {fate.shown.any() ? std::uint64_t{1} : 0, 1};
  for (const Sign sign : all_signs)
    if (fate.shown.is(sign)) ++figures.signs[sign];
  if (fate.wasted) {
    figures.wasted = 1;
    figures.wasted_tokens = fate.tokens;
    figures.carried_tokens = fate.tokens * fate.shown.answers;
  }
  return figures;
}

// A section that was sent. It is known before a log is read, so that of a log only what may matter is kept.
struct Candidate {
  std::optional<SectionId> id;   // nothing: its manifest is gone, or its text has changed since
  const Signs* signs = nullptr;  // null: its text cannot be read
};
using Candidates = std::map<const SentSection*, Candidate>;

// All phrases and identifiers that any of them has.
PhraseSet phrases_of(const Candidates& candidates) {
  std::set<const Signs*> all;
  for (const auto& [section, one] : candidates)
    if (one.signs != nullptr) all.insert(one.signs);
  std::vector<std::uint64_t> hashes;
  for (const Signs* signs : all) add_wanted(*signs, hashes);
  return PhraseSet(std::move(hashes));
}

// What is missing, by kind.
class Gaps {
 public:
  void add(const std::string& kind, const std::string& what, std::uint64_t count = 1) {
    if (count == 0) return;
    Gap& one = gaps_[kind];
    one.kind = kind;
    one.count += count;
    if (one.first.empty()) one.first = what;
  }
  std::vector<Gap> take() const {
    std::vector<Gap> all;
    for (const auto& [kind, gap] : gaps_) all.push_back(gap);
    return all;
  }

 private:
  std::map<std::string, Gap> gaps_;
};

// Adds the session's logs to the conversation. False: there is none that tells anything.
bool open_logs(const files::Tree& tree, const std::multimap<std::string, LogOf>& logs, const Session& session,
               Conversation& conversation) {
  constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;
  const auto [begin, end] = logs.equal_range(session.id);
  bool found = false;
  for (auto log = begin; log != end; ++log) {
    auto text = tree.read(log->second.file.path, most_bytes);
    if (!text)
      conversation.fail(log->second.file.path, text.error().message);
    else
      found = conversation.read(*log->second.format, log->second.file, *std::move(text)) || found;
  }
  return found;
}

bool asks(const Question& question, const Session& session) {
  if (!question.session.empty() && session.id != question.session) return false;
  return question.project.empty() || files::is_within(question.project, session.directory);
}

bool is_in_time(const Question& question, std::int64_t at) { return at >= question.since && at <= question.until; }

void add_candidates(const Session& session, const Question& question, Library& library, Candidates& candidates) {
  for (const Delivery& delivery : session.deliveries) {
    if (!is_in_time(question, delivery.at)) continue;
    for (const SentSection& section : delivery.sections) {
      Candidate& one = candidates[&section];
      one.id = session::find_sent(library.registry(),
                                  {section.manifest, section.section, section.form, section.content_hash, {}});
      if (one.id) one.signs = library.signs(*one.id);
    }
  }
}

// Ledgers that are damaged, and days of which none is kept any more.
void note_missing(const Ledgers& ledgers, const Question& question, Gaps& gaps) {
  constexpr std::int64_t day = 86'400;
  for (const std::string& path : ledgers.unread) gaps.add("unread-ledger", path);
  const std::int64_t kept_since = std::max(ledgers.full_since, question.until - session::max_age_seconds);
  if (!question.session.empty() || kept_since <= question.since) return;
  gaps.add("days-not-kept", "kept are " + std::to_string((question.until - kept_since) / day) + " days",
           static_cast<std::uint64_t>((kept_since - question.since + day - 1) / day));
}

class Reporter {
 public:
  Reporter(const files::Tree& tree, const std::multimap<std::string, LogOf>& logs, Library& library,
           const Question& question)
      : tree_(tree), logs_(logs), library_(library), question_(question) {
    report_.since = question.since;
    report_.until = question.until;
  }

  void read(const Session& session, const std::vector<Session>& all) {
    if (!asks(question_, session)) return;
    Candidates candidates;
    add_candidates(session, question_, library_, candidates);
    Conversation conversation(phrases_of(candidates));
    const bool has_log = open_logs(tree_, logs_, session, conversation);
    ++report_.sessions;
    report_.with_log += has_log ? 1 : 0;
    if (!has_log && !session.deliveries.empty()) gaps_.add("no-log", session.id);
    gaps_.add("torn-ledger", session.id, session.torn);
    gaps_.add("shortened-ledger", session.id, session.lost > 0 ? 1 : 0);
    gaps_.add("subagent-did-not-start", session.id, session.unheard);
    const Unread& unread = conversation.unread();
    gaps_.add("torn-lines", session.id, unread.torn);
    gaps_.add("foreign-lines", session.id, unread.foreign);
    for (const std::string& file : unread.files) gaps_.add("unread-log", file);
    report_.bytes += conversation.bytes();
    const std::vector<const Session*> forks = forks_of(session, all);
    for (const Session* fork : forks) open_logs(tree_, logs_, *fork, conversation);
    const Timeline timeline(session, forks, conversation);
    judge(session, timeline, candidates, has_log);
    prompts(session, timeline);
  }

  void note_missing(const Ledgers& ledgers) { usage::note_missing(ledgers, question_, gaps_); }

  Report take() {
    for (auto& [name, row] : rows_) {
      row.name = name;
      letters::sort_once(row.sessions);
      letters::sort_once(row.judged_in);
      report_.manifests.push_back(std::move(row));
    }
    std::ranges::stable_sort(report_.manifests,
                             [](const Row& a, const Row& b) { return a.figures.tokens > b.figures.tokens; });
    report_.gaps = gaps_.take();
    return std::move(report_);
  }

 private:
  bool is_in_time(std::int64_t at) const { return usage::is_in_time(question_, at); }

  Fate fate_of(const Session& session, const Delivery& delivery, const SentSection& section, const Candidate& one,
               const Timeline& timeline, bool has_log) {
    Fate fate;
    fate.session = session.id;
    fate.manifest = section.manifest;
    fate.agent = delivery.agent;
    fate.sequence = delivery.sequence;
    fate.tokens = section.tokens;
    if (one.id) fate.heading = library_.registry().section(one.id->manifest, one.id->section).heading;
    if (one.signs == nullptr) gaps_.add("changed-section", section.manifest);
    if (one.signs == nullptr || !has_log) return fate;
    if (!timeline.has(delivery.agent)) {
      gaps_.add("no-log-of-subagent", session.id);
      return fate;
    }
    fate.shown = timeline.shown(delivery, *one.signs);
    // Where nobody answered any more, nothing could be used.
    fate.known = fate.shown.answers > 0 || fate.shown.any();
    if (!fate.known) gaps_.add("no-answer-after", session.id);
    fate.wasted = !fate.shown.any() && fate.shown.answers >= long_session;
    return fate;
  }

  void judge(const Session& session, const Timeline& timeline, const Candidates& candidates, bool has_log) {
    for (const Text& text : session.texts) report_.all_tokens += is_in_time(text.at) ? text.tokens : 0;
    for (const Delivery& delivery : session.deliveries) {
      if (!is_in_time(delivery.at) || delivery.sections.empty()) continue;
      bool any_used = false, all_known = true;
      for (const SentSection& section : delivery.sections) {
        const Candidate& one = candidates.at(&section);
        if (one.signs != nullptr && one.signs->is_title) continue;
        Fate fate = fate_of(session, delivery, section, one, timeline, has_log);
        any_used = any_used || fate.shown.any();
        all_known = all_known && fate.known;
        const Figures figures = figures_of(fate);
        report_.all += figures;
        Row& row = row_of(session, fate.manifest);
        row.figures += figures;
        if (fate.known) row.judged_in.push_back(session.id);
        if (fate.shown.any()) used_.insert({session.id, delivery.sequence});
        report_.fates.push_back(std::move(fate));
      }
      Row& row = row_of(session, delivery.root);
      ++row.loads;
      row.ignored += all_known && !any_used ? 1 : 0;
    }
    for (const Named& offer : session.offers) {
      if (!is_in_time(offer.at)) continue;
      Row& row = row_of(session, offer.root);
      ++row.offers;
      row.taken += timeline.takes(offer) ? 1 : 0;
    }
    for (const Named& refusal : session.refusals)
      if (is_in_time(refusal.at)) ++rows_[refusal.root].refused;
  }

  Row& row_of(const Session& session, const std::string& manifest) {
    Row& row = rows_[manifest];
    row.sessions.push_back(session.id);
    return row;
  }

  void prompts(const Session& session, const Timeline& timeline) {
    timeline.each_turn([&](const Event& prompt, const std::vector<const Delivery*>& deliveries,
                           const std::vector<std::string>& called) {
      if (!is_in_time(prompt.at / 1'000)) return;
      AskedPrompt asked{session.id, prompt.text, prompt.at, {}, {}};
      std::set<std::string> used;
      for (const Delivery* one : deliveries) {
        if (one->sections.empty()) continue;
        asked.brought.push_back(one->root);
        if (used_.count({session.id, one->sequence}) != 0) used.insert(one->root);
      }
      for (const std::string& name : called)
        for (const Kind kind : {Kind::skill, Kind::agent, Kind::command})
          if (library_.registry().find(Symbol{kind, name})) used.insert(to_string(Symbol{kind, name}));
      asked.used.assign(used.begin(), used.end());
      report_.prompts.push_back(std::move(asked));
    });
  }

  const files::Tree& tree_;
  const std::multimap<std::string, LogOf>& logs_;
  Library& library_;
  const Question& question_;
  Report report_;
  std::map<std::string, Row> rows_;  // by manifest
  Gaps gaps_;
  std::set<std::pair<std::string, std::uint64_t>> used_;  // deliveries, by session and sequence
};

}  // namespace

const Signs* Library::signs(SectionId id) {
  const std::uint64_t key = std::uint64_t{index(id.manifest)} << 32 | id.section;
  auto at = signs_.find(key);
  if (at == signs_.end()) {
    std::optional<Signs> made;
    if (const auto text = read_(registry_[id.manifest], registry_.section(id.manifest, id.section))) {
      made = signs_of(*text);
      made->names = named_in(registry_, id);
    }
    at = signs_.emplace(key, std::move(made)).first;
  }
  return at->second ? &*at->second : nullptr;
}

Share share_of(Count count) noexcept {
  if (count.of == 0) return {};
  count.hits = std::min(count.hits, count.of);
  const gate::Interval around = gate::interval({count.hits, count.of - count.hits});
  const std::uint64_t many = count.of / 1'000'000'000'000 + 1;  // so that nothing overflows
  return {static_cast<std::int64_t>(count.hits / many * 1'000'000 / (count.of / many)), around.lower, around.upper};
}

std::multimap<std::string, LogOf> find_logs(const files::Tree& tree,
                                            const std::function<std::string(const transcript::Format&)>& folder_of) {
  std::multimap<std::string, LogOf> logs;
  for (const transcript::Format* format : transcript::formats()) {
    const std::string folder = folder_of(*format);
    if (folder.empty()) continue;
    for (transcript::LogFile& file : format->list(tree, folder)) {
      std::string session = file.session;
      logs.emplace(std::move(session), LogOf{format, std::move(file)});
    }
  }
  return logs;
}

Report report_of(const files::Tree& tree, const Ledgers& ledgers, const std::multimap<std::string, LogOf>& logs,
                 Library& library, const Question& question) {
  Reporter reporter(tree, logs, library, question);
  reporter.note_missing(ledgers);
  for (const Session& session : ledgers.sessions) reporter.read(session, ledgers.sessions);
  return reporter.take();
}

std::string prompts_file(const Report& report) {
  std::vector<const AskedPrompt*> all;
  for (const AskedPrompt& prompt : report.prompts)
    if (!prompt.text.empty() && prompt.text[0] != '/') all.push_back(&prompt);
  std::ranges::stable_sort(all, [](const auto* a, const auto* b) { return a->at < b->at; });
  // The same words may have had different uses: whatever was used once is a right answer.
  std::map<std::string, std::set<std::string>> used;
  for (const AskedPrompt* prompt : all) used[prompt->text].insert(prompt->used.begin(), prompt->used.end());
  std::string text;
  std::set<std::string> written;
  for (const AskedPrompt* prompt : all) {
    if (!written.insert(prompt->text).second) continue;
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    put(json.begin_object(), "id", hash::to_hex(hash::hash64(prompt->text)), "text", prompt->text, "kind",
        !used[prompt->text].empty() ? "used"
        : !prompt->brought.empty()  ? "load-ignored"
                                    : "nothing-used",
        "expect", used[prompt->text]);
    text += json.end_object().take() + "\n";
  }
  return text;
}

// A command that was typed is no prompt, and what would be read as the file's own marks cannot be written. Where
// something else was brought, nobody knows which of the two was right.
std::vector<std::string> missed_by(const AskedPrompt& prompt) {
  const std::string_view text = letters::trim(prompt.text);
  const bool is_mark = text.empty() || text.front() == '/' || text.front() == '%' || text.starts_with("==");
  return is_mark || !prompt.brought.empty() ? std::vector<std::string>() : prompt.used;
}

std::string lessons_file(const Report& report) {
  std::map<std::string, std::set<std::string>> lessons;
  for (const AskedPrompt& prompt : report.prompts)
    for (const std::string& name : missed_by(prompt)) {
      std::string line;
      for (const char c : letters::trim(prompt.text))
        line += c == '\n' ? "\\n" : c == '\\' ? "\\\\" : c == '\r' ? std::string() : std::string(1, c);
      lessons[name].insert(std::move(line));
    }
  std::string text;
  for (const auto& [name, lines] : lessons) {
    text += "== " + name + "\n";
    for (const std::string& line : lines) text += line + "\n";
  }
  return text;
}

}  // namespace cascade::usage
