// Conversations are read one after the other, and of each only figures are kept. A fork belongs to the conversation
// that it came from: what its parent sent may be used there, and its copies of the parent's lines count once.
#include "usage/report.h"

#include <algorithm>
#include <set>
#include <utility>

#include "files/paths.h"
#include "hash/content_hash.h"
#include "usage/family.h"

namespace cascade::usage {
namespace {

// Rows by name, made when they are first needed.
class Rows {
 public:
  Row& operator[](const std::string& name) {
    Row& row = rows_[name];
    row.name = name;
    return row;
  }
  template <typename Before>
  std::vector<Row> take(const Before& before) {
    std::vector<Row> all;
    for (auto& [name, row] : rows_) {
      std::sort(row.sessions.begin(), row.sessions.end());
      row.sessions.erase(std::unique(row.sessions.begin(), row.sessions.end()), row.sessions.end());
      all.push_back(std::move(row));
    }
    std::stable_sort(all.begin(), all.end(), before);
    return all;
  }

 private:
  std::map<std::string, Row> rows_;
};

void add_sign_counts(const Shown& shown, std::map<Sign, std::uint64_t>& counts) {
  for (const Sign sign : all_signs)
    if (shown.is(sign)) ++counts[sign];
}

Figures figures_of(const Fate& fate, const std::vector<Shown>& placebos) {
  Figures figures;
  figures.sent = 1;
  figures.tokens = fate.tokens;
  if (!fate.known) {
    figures.unknown = 1;
    return figures;
  }
  figures.used = {fate.shown.any() ? std::uint64_t{1} : 0, 1};
  add_sign_counts(fate.shown, figures.signs);
  for (const Shown& one : placebos) {
    figures.placebo.hits += one.any() ? 1 : 0;
    ++figures.placebo.of;
    add_sign_counts(one, figures.placebo_signs);
  }
  if (fate.wasted) {
    figures.wasted = 1;
    figures.wasted_tokens = fate.tokens;
    figures.carried_tokens = fate.tokens * fate.shown.answers;
  }
  return figures;
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

// What a session was sent at any time, both sorted.
struct EverSent {
  std::vector<ManifestId> manifests;
  std::vector<std::uint64_t> hashes;
};

EverSent sent_in(const Session& session, const Library& library) {
  EverSent sent;
  for (const Delivery& delivery : session.deliveries)
    for (const SentSection& section : delivery.sections) {
      sent.hashes.push_back(section.content_hash);
      if (const auto id = library.find(section)) sent.manifests.push_back(id->manifest);
    }
  std::sort(sent.manifests.begin(), sent.manifests.end());
  std::sort(sent.hashes.begin(), sent.hashes.end());
  return sent;
}

// What sections of equal length that were not sent would have shown in the place of the delivery's section `i`.
std::vector<Shown> placebos_of(const Session& session, const Delivery& delivery, std::size_t i, const EverSent& sent,
                               Library& library, const Family& family) {
  std::vector<Shown> placebos;
  for (std::uint64_t k = 0; k < placebos_of_each; ++k) {
    const std::string seed =
        session.id + " " + std::to_string(delivery.sequence) + " " + std::to_string(i) + " " + std::to_string(k);
    const auto other = library.placebo(delivery.sections[i].tokens, hash::hash64(seed), sent.manifests, sent.hashes);
    const Signs* signs = other ? library.signs(*other) : nullptr;
    if (signs != nullptr) placebos.push_back(family.shown(session, delivery, *signs));
  }
  return placebos;
}

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

class Reporter {
 public:
  Reporter(const files::Tree& tree, const std::multimap<std::string, LogOf>& logs, Library& library,
           const Question& question)
      : tree_(tree), logs_(logs), library_(library), question_(question) {
    report_.since = question.since;
    report_.until = question.until;
  }

  void read(const std::vector<const Session*>& family) {
    if (std::none_of(family.begin(), family.end(), [&](const Session* one) { return asks(*one); })) return;
    Conversation conversation;
    std::set<std::string> logged;
    for (const Session* session : family) {
      const bool is_asked = asks(*session);
      const bool found = open_logs(tree_, logs_, *session, conversation);
      if (found) logged.insert(session->id);
      if (!is_asked) continue;
      ++report_.sessions;
      report_.with_log += found ? 1 : 0;
      if (!found && !session->deliveries.empty()) gaps_.add("no-log", session->id);
      gaps_.add("torn-ledger", session->id, session->torn);
      gaps_.add("shortened-ledger", session->id, session->lost > 0 ? 1 : 0);
      gaps_.add("subagent-did-not-start", session->id, session->unheard);
    }
    const Family joined(family, conversation);
    for (const Session* session : family)
      if (asks(*session)) judge(*session, joined, logged.count(session->id) != 0);
    prompts(joined);
    const Unread& unread = conversation.unread();
    gaps_.add("torn-lines", family.front()->id, unread.torn);
    gaps_.add("foreign-lines", family.front()->id, unread.foreign);
    for (const std::string& file : unread.files) gaps_.add("unread-log", file);
    report_.bytes += conversation.bytes();
  }

  Report take() {
    const auto by_tokens = [](const Row& a, const Row& b) { return a.figures.tokens > b.figures.tokens; };
    report_.manifests = manifests_.take(by_tokens);
    report_.projects = projects_.take(by_tokens);
    report_.weeks = weeks_.take([](const Row& a, const Row& b) { return a.name < b.name; });
    report_.gaps = gaps_.take();
    return std::move(report_);
  }

 private:
  bool asks(const Session& session) const {
    if (!question_.session.empty() && session.id != question_.session) return false;
    return question_.project.empty() || files::is_within(question_.project, session.directory);
  }
  bool is_in_time(std::int64_t at) const { return at >= question_.since && at <= question_.until; }

  void judge(const Session& session, const Family& family, bool has_log) {
    const EverSent sent = sent_in(session, library_);
    for (const Delivery& delivery : session.deliveries) {
      if (!is_in_time(delivery.at)) continue;
      bool any_used = false, all_known = true;
      for (std::size_t i = 0; i < delivery.sections.size(); ++i) {
        const SentSection& section = delivery.sections[i];
        const Fate fate = fate_of(session, delivery, section, family, has_log);
        std::vector<Shown> placebos;
        if (fate.known) placebos = placebos_of(session, delivery, i, sent, library_, family);
        any_used = any_used || fate.shown.any();
        all_known = all_known && fate.known;
        const Figures figures = figures_of(fate, placebos);
        report_.all += figures;
        manifests_[section.manifest].figures += figures;
        manifests_[section.manifest].sessions.push_back(session.id);
        for (Row* row : {&projects_[session.directory], &weeks_[week_of(delivery.at)]}) {
          row->figures += figures;
          row->sessions.push_back(session.id);
        }
        if (fate.shown.any()) used_.insert({session.id, delivery.sequence});
        report_.fates.push_back(fate);
      }
      Row& row = manifests_[delivery.root];
      row.sessions.push_back(session.id);
      ++row.loads;
      row.ignored += all_known && !any_used ? 1 : 0;
    }
    count_names(session, family);
  }

  void count_names(const Session& session, const Family& family) {
    for (const Named& offer : session.offers) {
      if (!is_in_time(offer.at)) continue;
      Row& row = manifests_[offer.root];
      row.sessions.push_back(session.id);
      ++row.offers;
      row.taken += family.takes(session, offer) ? 1 : 0;
    }
    for (const Named& refusal : session.refusals)
      if (is_in_time(refusal.at)) ++manifests_[refusal.root].refused;
  }

  Fate fate_of(const Session& session, const Delivery& delivery, const SentSection& section, const Family& family,
               bool has_log) {
    Fate fate;
    fate.session = session.id;
    fate.manifest = section.manifest;
    fate.agent = delivery.agent;
    fate.sequence = delivery.sequence;
    fate.tokens = section.tokens;
    fate.at = delivery.at;
    const auto id = library_.find(section);
    const Signs* signs = id ? library_.signs(*id) : nullptr;
    if (id) fate.heading = library_.registry().section(id->manifest, id->section).heading;
    if (signs == nullptr) gaps_.add("changed-section", section.manifest);
    if (signs == nullptr || !has_log) return fate;
    if (!family.has(session, delivery.agent)) {
      gaps_.add("no-log-of-subagent", session.id);
      return fate;
    }
    fate.known = true;
    fate.shown = family.shown(session, delivery, *signs);
    fate.wasted = !fate.shown.any() && fate.shown.answers >= long_session;
    return fate;
  }

  void prompts(const Family& joined) {
    joined.each_turn([&](const Session& session, const Event& prompt, const std::vector<Family::Placed>& deliveries,
                         const std::vector<std::string>& called) {
      if (!asks(session) || !is_in_time(prompt.at / 1'000)) return;
      AskedPrompt asked{session.id, prompt.text, prompt.at, {}, {}};
      std::set<std::string> used;
      for (const Family::Placed& one : deliveries) {
        asked.brought.push_back(one.delivery->root);
        if (used_.count({one.session->id, one.delivery->sequence}) > 0) used.insert(one.delivery->root);
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
  Rows manifests_, projects_, weeks_;
  Gaps gaps_;
  std::set<std::pair<std::string, std::uint64_t>> used_;  // deliveries of which a section was used
};

}  // namespace

Figures& Figures::operator+=(const Figures& other) {
  sent += other.sent;
  unknown += other.unknown;
  tokens += other.tokens;
  used.hits += other.used.hits;
  used.of += other.used.of;
  placebo.hits += other.placebo.hits;
  placebo.of += other.placebo.of;
  for (const auto& [sign, count] : other.signs) signs[sign] += count;
  for (const auto& [sign, count] : other.placebo_signs) placebo_signs[sign] += count;
  wasted += other.wasted;
  wasted_tokens += other.wasted_tokens;
  carried_tokens += other.carried_tokens;
  return *this;
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

Report report_of(const files::Tree& tree, const std::vector<Session>& sessions,
                 const std::multimap<std::string, LogOf>& logs, Library& library, const Question& question) {
  Reporter reporter(tree, logs, library, question);
  for (const std::vector<const Session*>& family : families_of(sessions)) {
    const bool asked = question.session.empty() || std::any_of(family.begin(), family.end(), [&](const Session* s) {
                         return s->id == question.session;
                       });
    if (asked) reporter.read(family);
  }
  return reporter.take();
}

std::string week_of(std::int64_t at) {
  constexpr std::int64_t day = 86'400;
  const auto floor = [](std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((-a + b - 1) / b); };
  const std::int64_t days = floor(at, day), weekday = ((days % 7) + 10) % 7;  // 0: Monday
  const std::int64_t thursday = days - weekday + 3;
  // The civil year of that Thursday, and its day in it.
  const auto days_of_year = [](std::int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? std::int64_t{366} : std::int64_t{365};
  };
  std::int64_t year = 1970, left = thursday;
  for (; left >= days_of_year(year); ++year) left -= days_of_year(year);
  for (; left < 0; left += days_of_year(year)) --year;
  const std::string week = std::to_string(left / 7 + 1);
  return std::to_string(year) + "-W" + (week.size() == 1 ? "0" : "") + week;
}

}  // namespace cascade::usage
