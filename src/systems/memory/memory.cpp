// Every change is one transaction on the store. A model's words never replace a person's. The index for recall is
// dropped before the change and rebuilt by its next reader, so it can be missing but never wrong.
#include "memory/memory.h"

#include <algorithm>
#include <array>
#include <map>

#include "hash/content_hash.h"
#include "memory/claims.h"
#include "secrets/find.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::memory {
namespace {

const store::Module& module_of_memory() {
  static const store::Module module = {
      "memory",
      {R"(CREATE TABLE fact(id TEXT PRIMARY KEY, scope TEXT NOT NULL, owner TEXT NOT NULL, subject TEXT NOT NULL,
            folded TEXT NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL, author TEXT NOT NULL,
            trust INTEGER NOT NULL, state TEXT NOT NULL, learned INTEGER NOT NULL, valid_until INTEGER NOT NULL,
            superseded_by TEXT NOT NULL, session TEXT NOT NULL);
          CREATE UNIQUE INDEX fact_live ON fact(scope, owner, folded) WHERE state = 'live';
          CREATE INDEX fact_subject ON fact(scope, owner, folded);
          CREATE TABLE forgotten(id TEXT PRIMARY KEY);
          CREATE TABLE outbox(id TEXT PRIMARY KEY);
          CREATE TABLE memory_state(name TEXT PRIMARY KEY, value TEXT NOT NULL);)",
       R"(ALTER TABLE outbox ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
          CREATE TABLE conflict(first TEXT, second TEXT, PRIMARY KEY(first, second));)",
       R"(ALTER TABLE fact ADD COLUMN why TEXT NOT NULL DEFAULT '';
          ALTER TABLE conflict ADD COLUMN why TEXT NOT NULL DEFAULT 'changed on two machines';)"}};
  return module;
}

constexpr const char *may_contradict = "may contradict", *same_subject_again = "the same subject";

// A fact as a sentence: its text alone, if that says what it is about.
std::string statement_of(const Fact& fact) {
  const bool said = folded_subject(fact.text).find(folded_subject(fact.subject)) != std::string::npos;
  return said || !fact.claim.empty() ? fact.text : fact.subject + ": " + fact.text;
}

// Whether a fact that is known is this one under another name: the same sentence, which says by itself what it is
// about. "Mondays" says it only with its subject, and where a secret was taken out, another may have stood there.
bool is_said_by(const Fact& fact, const Fact& known) {
  return same_sentence(fact.text, known.text) && (!fact.subject_given || says_its_subject(fact.text)) &&
         fact.text.find("[secret removed") == std::string::npos;
}

// The live fact whose place the claim takes. Notes why, and which others may contradict it.
const Fact* replaced_by(const Fact& fact, const Claim& claim, const std::vector<Fact>& known, Written& written) {
  const Fact* replaced = nullptr;
  Relation best = Relation::may_contradict;
  std::int32_t most = 0;
  for (const Fact& other : known) {
    if (other.state != State::live || same_sentence(other.text, fact.text)) continue;
    const Claim older(statement_of(other));
    const Relation relation = relation_of(older, claim);
    if (relation != Relation::none) written.contradicts.push_back(other);
    if (relation == best && best == Relation::value) replaced = nullptr;  // which of both?
    if (relation < best || (relation == best && best <= Relation::value)) continue;
    if (const std::int32_t points = points_of(older, claim); relation > best || points > most)
      best = relation, most = points, replaced = &other;
  }
  if (replaced == nullptr) return nullptr;
  std::erase_if(written.contradicts, [&](const Fact& other) { return other.id == replaced->id; });
  return written.why = to_string(best), replaced;
}

void count(Imported& imported, const Written& written) {
  imported.secrets += written.secrets.size();
  switch (written.outcome) {
    case Written::Outcome::added:
    case Written::Outcome::confirmed: ++imported.added; break;
    case Written::Outcome::same: ++imported.same; break;
    case Written::Outcome::captured: ++imported.captured; break;
    case Written::Outcome::historic: ++imported.historic; break;
    case Written::Outcome::forgotten: ++imported.forgotten; break;
  }
}

// Whether two facts can apply together: both in one project, or one of them everywhere.
bool meet(const Fact& a, const Fact& b) { return a.scope != b.scope || a.owner == b.owner; }

// Returns the text as one line with white space folded and without hidden characters; private keys of several lines
// were removed before.
std::string folded_line(std::string_view text) {
  std::string out;
  const std::string valid = unicode::replace_invalid(text);
  for (std::size_t at = 0; at < valid.size();) {
    const unicode::Decoded decoded = unicode::decode(valid, at);
    const bool space = decoded.code_point < 0x80 && letters::is_space(valid[at]);
    if (space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (!unicode::is_hidden(decoded.code_point)) {
      out.append(valid, at, decoded.length);
    }
    at += decoded.length;
  }
  return std::string(letters::trim(out));
}

Error misuse(std::string message, std::string help = {}) {
  return {ErrorCode::misuse, std::move(message), {}, std::move(help)};
}

}  // namespace

constexpr letters::Names<Written::Outcome::forgotten> outcome_names("added", "same", "captured", "confirmed",
                                                                    "historic", "forgotten");
std::string_view to_string(Written::Outcome outcome) noexcept { return outcome_names.of(outcome); }

Memory::Memory(store::Store store, std::string folder) : store_(std::move(store)), folder_(std::move(folder)) {}

Result<Memory> Memory::open(const store::Options& options) {
  auto store = store::Store::open(options);
  if (!store) return store.error();
  if (auto migrated = store->migrate(module_of_memory()); !migrated) return migrated.error();
  // Deleted data is overwritten with zeros: forgetting is permanent.
  if (auto set = store->run("PRAGMA secure_delete=ON"); !set) return set.error();
  return Memory(*std::move(store), options.folder);
}

// Notes a change of a shared fact, which is sent when there is a network.
// `changes` counts up, so that a change made while the earlier one is being sent is not taken for sent.
void Memory::note_change(const std::string& id) {
  store_.apply(
      "INSERT INTO outbox(id, changes) SELECT id, 0 FROM fact WHERE id = ? AND scope = 'team' "
      "ON CONFLICT(id) DO UPDATE SET changes = changes + 1",
      {id});
}

bool Memory::is_forgotten(const std::string& id) {
  return got(store_.ask("SELECT 1 FROM forgotten WHERE id = ?", {id}).transform([](const auto& row) {
    return row.has_row();
  }));
}

// The same text about the same subject has the same id on every machine. If it is recorded again after something else
// was true, or after it was forgotten, it gets another id.
// An imported fact keeps the id that it has.
void Memory::give_id(Fact& fact) {
  for (int round = 0; fact.id.empty(); ++round) {
    const std::string key = std::string(to_string(fact.scope)) + '\n' + fact.owner + '\n' +
                            folded_subject(fact.subject) + '\n' + fact.text + '\n' + std::to_string(round);
    const std::string id = "m" + hash::to_hex(hash::hash128(key).high).substr(0, 12);
    if (!first("id = ?", {id}) && !is_forgotten(id)) fact.id = id;
  }
}

// Finds the claim of a fact whose subject nobody gave: that of the fact that it repeats or replaces, else its own. A
// fact that somebody names is replaced whatever both say.
void Memory::find_claim(Fact& fact, Written& written, const std::string& replaces) {
  const std::vector<std::string> owner = {std::string(to_string(fact.scope)), fact.owner};
  if (!replaces.empty()) {
    const auto named = first("scope = ? AND owner = ? AND id = ? AND state = 'live'", {owner[0], owner[1], replaces});
    if (!named)
      return store_.fail(
          {ErrorCode::not_found, "there is no live fact \"" + replaces + "\" here", {}, "cascade memory list"});
    written.why = "by hand";
    auto again = first("scope = ? AND owner = ? AND text = ? AND id <> ? AND state = 'live'",
                       {owner[0], owner[1], fact.text, replaces});
    if (!again) return join_claims(*named, fact, written);
    fact.claim = subject_of(*again)[2];  // what is live already takes its place
    again->subject_given = true;
    return join_claims(*named, *again, written);
  }
  if (!fact.claim.empty()) return;
  const std::vector<Fact> known =
      got(rows("scope = ? AND owner = ? AND state IN ('live', 'candidate') ORDER BY learned DESC, id", owner));
  if (fact.subject_given &&
      std::ranges::any_of(known, [&](const Fact& other) { return subject_of(other) == subject_of(fact); }))
    return;
  const auto same = std::ranges::find_if(known, [&](const Fact& other) { return is_said_by(fact, other); });
  if (same != known.end() && fact.id.empty()) {
    fact.claim = subject_of(*same)[2];
    fact.text = same->text;
    if (fact.subject_given) written.known_as = same->subject;
    return;
  }
  if (fact.subject_given && fact.state != State::live) return;
  const Claim claim(fact.subject_given ? statement_of(fact) : fact.text);
  const Fact* const replaced = replaced_by(fact, claim, known, written);
  constexpr std::size_t most = 2;  // of which somebody is asked
  if (fact.subject_given && replaced != nullptr) {
    if (claim.corrects || written.why == to_string(Relation::over)) {
      written.contradicts.clear();
      return join_claims(*replaced, fact, written);
    }
    written.contradicts.insert(written.contradicts.begin(), *replaced);
    written.why.clear();
  } else if (replaced != nullptr) {
    fact.claim = subject_of(*replaced)[2];
  } else if (!fact.subject_given) {
    give_id(fact);
    fact.claim = "CLAIM " + fact.id;
  }
  if (written.contradicts.size() > most) written.contradicts.resize(most);
}

// The history of a fact that is named as replaced goes on under the subject that the new one has.
void Memory::join_claims(const Fact& replaced, Fact& fact, Written& written) {
  const std::vector<std::string> before = subject_of(replaced);
  if (!fact.subject_given) {
    fact.claim = before[2];
    return;
  }
  const std::vector<std::string> now = subject_of(fact);
  if (before == now || fact.state != State::live) return;
  give_id(fact);
  settle(fact);
  supersede(replaced, fact, written);
  store_.apply("UPDATE fact SET folded = ? WHERE " + std::string(same_subject),
               {now[2], before[0], before[1], before[2]});
}

void Memory::supersede(const Fact& live, const Fact& fact, Written& written) {
  written.superseded = live.id;
  if (written.why.empty()) written.why = same_subject_again;
  store_.apply("UPDATE fact SET state = 'superseded', superseded_by = ?, why = ? WHERE id = ?",
               {fact.id, written.why, live.id});
  note_change(live.id);
}

// Stores a candidate apart from the live facts. Captured in a second session, it becomes live.
Written Memory::capture(Fact fact, Written written, Order order) {
  std::vector<std::string> values = subject_of(fact);
  values.push_back(fact.text);
  if (auto before = first(std::string(same_subject) + " AND text = ? AND state IN ('candidate', 'live')", values)) {
    written.id = before->id;
    const bool again = before->state == State::candidate && !fact.session.empty() && !before->session.empty() &&
                       before->session != fact.session;
    written.outcome = again ? Written::Outcome::confirmed : Written::Outcome::same;
    if (!again) return written;
    before->state = State::live;
    store_.apply("DELETE FROM fact WHERE id = ?", {before->id});
    Written placed = place(*std::move(before), written, order);
    if (placed.outcome == Written::Outcome::added) placed.outcome = Written::Outcome::confirmed;
    return placed;
  }
  give_id(fact);
  written.id = fact.id;
  written.outcome = Written::Outcome::captured;
  insert(fact);
  return written;
}

// Replaces the live fact by a new one, unless the order is by dates and the live one was learned later.
Written Memory::place(Fact fact, Written written, Order order) {
  const auto live = first(std::string(same_subject) + " AND state = 'live'", subject_of(fact));
  if (live && live->text == fact.text && (fact.id.empty() || fact.id == live->id)) {
    written.outcome = Written::Outcome::same;
    written.id = live->id;
    if (fact.valid_until == live->valid_until) return written;
    store_.apply("UPDATE fact SET valid_until = " + std::to_string(fact.valid_until) + " WHERE id = ?", {written.id});
    note_change(written.id);
    return written;
  }
  if (live && fact.trust <= recall::model_trust && live->trust > recall::model_trust) {
    fact.state = State::candidate;
    return capture(std::move(fact), std::move(written), order);
  }
  give_id(fact);
  written.id = fact.id;
  written.outcome = Written::Outcome::added;
  if (live && order == Order::told_now) fact.learned = std::max(fact.learned, live->learned);
  // An import may bring an older fact after a newer one; the order of learning decides, not that of arrival.
  if (live && fact.learned < live->learned) {
    written.outcome = Written::Outcome::historic;
    fact.state = State::superseded;
    fact.superseded_by = live->id;
  } else if (live) {
    supersede(*live, fact, written);
  }
  settle(fact);
  insert(fact);
  for (const Fact& older : written.contradicts) {
    store_.apply("INSERT OR IGNORE INTO conflict VALUES (?, ?, ?)", {older.id, fact.id, may_contradict});
    store_.apply("UPDATE fact SET why = ? WHERE id = ?", {may_contradict, older.id});
  }
  return written;
}

// A decision about a subject ends its conflicts.
void Memory::settle(const Fact& fact) {
  store_.apply(
      "DELETE FROM conflict WHERE first IN (SELECT id FROM fact WHERE scope = ?1 AND owner = ?2 AND folded = ?3)"
      " OR second IN (SELECT id FROM fact WHERE scope = ?1 AND owner = ?2 AND folded = ?3)",
      subject_of(fact));
  store_.apply("UPDATE fact SET why = '' WHERE state = 'live' AND why <> '' AND id NOT IN (SELECT first FROM conflict)",
               {});
}

// An id that is known is done: importing a file twice, or getting back what was sent, changes nothing. A forgotten id
// stays forgotten, whoever sends it.
Result<Written> Memory::put(Fact fact, Order order, const std::string& replaces) {
  Written written;
  auto tidied = tidy(std::move(fact), written.secrets);
  if (!tidied) return tidied.error();
  if (!tidied->id.empty()) {
    written.id = tidied->id;
    const bool forgotten = is_forgotten(tidied->id);
    if (forgotten || first("id = ?", {tidied->id})) {
      written.outcome = forgotten ? Written::Outcome::forgotten : Written::Outcome::same;
      return written;
    }
  }
  find_claim(*tidied, written, replaces);
  if (order == Order::as_dated && tidied->subject_given) written.contradicts.clear();  // nobody is there to be asked
  if (tidied->state == State::candidate) return capture(*std::move(tidied), std::move(written), order);
  if (tidied->state == State::live) return place(*std::move(tidied), std::move(written), order);
  give_id(*tidied);
  written.id = tidied->id;
  written.outcome = Written::Outcome::historic;
  insert(*tidied);
  return written;
}

Result<Written> Memory::add(Fact fact, const std::string& replaces) {
  return write([&] { return put(std::move(fact), Order::told_now, replaces); });
}

Result<Imported> Memory::import(const std::vector<Fact>& facts) {
  return write([&]() -> Result<Imported> {
    Imported imported;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      auto written = put(facts[i], Order::as_dated);
      if (!written && written.error().code == ErrorCode::misuse) {
        imported.refused.push_back("fact " + std::to_string(i + 1) + ": " + written.error().message);
        continue;
      }
      if (!written) return written.error();
      count(imported, *written);
    }
    // Facts that another fact supersedes are history, whatever their subject.
    for (const Fact& fact : facts)
      if (!fact.superseded_by.empty() && !fact.id.empty())
        store_.apply(
            "UPDATE fact SET state = 'superseded', superseded_by = ? WHERE id = ? AND "
            "state = 'live' AND EXISTS (SELECT 1 FROM fact WHERE id = ?)",
            {fact.superseded_by, fact.id, fact.superseded_by});
    return imported;
  });
}

Result<bool> Memory::keep(const std::string& id) {
  return write([&]() -> Result<bool> {
    auto fact = first("id = ? AND state = 'candidate'", {id});
    if (!fact) return false;
    store_.apply("DELETE FROM fact WHERE id = ?", {id});
    fact->state = State::live;
    fact->trust = recall::full_trust;  // a person vouches for it
    fact->subject_given = fact->claim.empty();
    fact->claim.clear();  // what it replaces is what is live now
    Written written;
    find_claim(*fact, written, {});
    place(*std::move(fact), std::move(written), Order::told_now);
    return true;
  });
}

Result<bool> Memory::retire(const std::string& id) {
  return write([&]() -> Result<bool> {
    // Of what was replaced without a reason, a person may say that it is over indeed.
    const auto fact = first("id = ? AND (state IN ('live', 'candidate') OR (state = 'superseded' AND why = ''))", {id});
    if (!fact) return false;
    settle(*fact);
    store_.apply("UPDATE fact SET state = 'retired' WHERE id = ?", {id});
    note_change(id);
    return true;
  });
}

// It is live beside what took its place, as a claim of its own where that is still live.
Result<bool> Memory::restore(const std::string& id) {
  return write([&]() -> Result<bool> {
    const auto fact = first("id = ? AND state IN ('superseded', 'retired')", {id});
    if (!fact) return false;
    const auto live = first(std::string(same_subject) + " AND state = 'live'", subject_of(*fact));
    store_.apply("UPDATE fact SET state = 'live', superseded_by = '', why = '', folded = ? WHERE id = ?",
                 {live ? "CLAIM " + id + " AGAIN " + live->id : subject_of(*fact)[2], id});
    note_change(id);
    return true;
  });
}

// Earlier releases took the first words of a sentence for its subject, and gave no reason for what they replaced.
Result<std::vector<Fact>> Memory::pushed_out() {
  auto older = rows("state = 'superseded' AND why = '' AND superseded_by <> '' ORDER BY scope, owner, learned, id", {});
  if (!older) return older.error();
  std::vector<Fact> found;
  for (Fact& one_of : *older) {
    const bool was_read = folded_subject(one_of.text).find(folded_subject(one_of.subject)) != std::string::npos;
    if (!was_read) continue;
    const auto newer = one("id = ?", {one_of.superseded_by});
    if (!newer) return newer.error();
    if (*newer && relation_of(Claim(one_of.text), Claim((*newer)->text)) < Relation::value)
      found.push_back(std::move(one_of));
  }
  return found;
}

// The whole history of the subject goes, since an older text says nearly the same. Only the ids stay, so that another
// machine cannot bring the facts back.
Result<std::size_t> Memory::forget(const Fact& fact) {
  const auto forgotten = write([&]() -> Result<std::size_t> {
    const std::vector<Fact> all = got(history(fact));
    settle(fact);
    for (const Fact& one : all) {
      store_.apply("INSERT OR IGNORE INTO forgotten VALUES (?)", {one.id});
      if (one.scope == Scope::team) store_.apply("INSERT OR IGNORE INTO outbox(id) VALUES (?)", {one.id});
      store_.apply("DELETE FROM fact WHERE id = ?", {one.id});
    }
    return all.size();
  });
  if (!forgotten) return forgotten;
  // The write-ahead log still holds the old rows.
  if (auto folded = store_.run("PRAGMA wal_checkpoint(TRUNCATE)"); !folded) return folded.error();
  return forgotten;
}

// Lists facts that may contradict each other; it never resolves them: those of the same subject in two scopes that
// apply together, and those of which somebody was asked.
Result<std::vector<Conflict>> Memory::conflicts() {
  const auto facts = live();
  if (!facts) return facts.error();
  std::vector<Conflict> found;
  std::map<std::string, std::vector<std::size_t>> by_subject;
  for (std::size_t i = 0; i < facts->size(); ++i) {
    const Fact& fact = (*facts)[i];
    for (const std::size_t other : by_subject[folded_subject(fact.subject)])
      // Of subjects that nobody gave, those are listed of which somebody was asked.
      if (meet((*facts)[other], fact) && (*facts)[other].claim.empty() && fact.claim.empty())
        found.push_back({(*facts)[other], fact, "same subject"});
    by_subject[folded_subject(fact.subject)].push_back(i);
  }
  const auto shared =
      store_.rows("SELECT first, second, why FROM conflict ORDER BY first, second", {}, {}, [](const auto& row) {
        return std::array{row.text(0), row.text(1), row.text(2)};
      });
  if (!shared) return shared.error();
  for (const auto& [first_id, second_id, why] : *shared) {
    const auto first = one("id = ?", {first_id}), second = one("id = ?", {second_id});
    if (!first) return first.error();
    if (!second) return second.error();
    if (*first && *second) found.push_back({**first, **second, why});
  }
  std::erase_if(found, [](const Conflict& one) { return same_sentence(one.first.text, one.second.text); });
  return found;
}

// Prepares a fact for the store: secrets go first, because folding white space would hide a key of several lines; then
// what nobody sees in it; then its lengths are checked. Every way into the memory goes through here, so no secret
// reaches the store by import, capture or synchronisation.
Result<Fact> tidy(Fact fact, std::vector<std::string>& removed) {
  const bool keeps_all = fact.has_no_secret && fact.trust > recall::model_trust;
  const std::size_t own = fact.session.empty() ? std::string::npos : fact.source.find(fact.session);
  const std::string origin = own == std::string::npos ? std::string() : fact.source.substr(own);
  fact.source.resize(fact.source.size() - origin.size());
  for (std::string* field : {&fact.subject, &fact.text, &fact.source, &fact.author, &fact.kind}) {
    secrets::Redacted redacted = keeps_all ? secrets::redacted_certain(*field) : secrets::redacted(*field);
    removed.insert(removed.end(), redacted.kinds.begin(), redacted.kinds.end());
    *field = folded_line(redacted.text);
  }
  // The conversation's id, which we wrote ourselves, is none, whatever it looks like.
  if (!origin.empty()) fact.source = folded_line(fact.source + (fact.source.empty() ? "" : " ") + origin);
  fact.claim = folded_line(fact.claim);
  fact.id = folded_line(fact.id);
  // Owners are looked up by their exact words, so only a password in an address is replaced.
  if (fact.owner.find("://") != std::string::npos) fact.owner = secrets::redacted(fact.owner).text;
  fact.owner = folded_line(fact.owner);
  if (fact.subject.empty()) return misuse("a fact needs a subject", "cascade memory add SUBJECT TEXT");
  if (fact.text.empty()) return misuse("a fact needs a text", "cascade memory add SUBJECT TEXT");
  if (fact.subject.size() > max_subject_bytes)
    return misuse("the subject is longer than " + std::to_string(max_subject_bytes) + " bytes",
                  "name it in a few words");
  if (fact.text.size() > max_text_bytes)
    return misuse("the text is longer than " + std::to_string(max_text_bytes) + " bytes",
                  "split it: one fact, one text");
  if (fact.source.size() > max_source_bytes) fact.source.resize(max_source_bytes);
  fact.source = unicode::replace_invalid(fact.source);
  if (fact.id.size() > max_subject_bytes) return misuse("the id is too long");
  if (fact.kind.empty()) fact.kind = "fact";
  fact.trust = std::min(fact.trust, recall::full_trust);
  return fact;
}

}  // namespace cascade::memory
