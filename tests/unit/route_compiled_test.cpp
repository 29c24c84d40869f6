// The record: what a small lexicon, a small dictionary and some hundred lessons are compiled into, and what the learned
// table says of prompts. Compiled tables must be the same bytes on every machine.
#include "hash/content_hash.h"
#include "route/build/lexicon.h"
#include "route/learned.h"
#include "route/records.h"
#include "route/words.h"
#include "unit/record.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

using test::SeededRandom;

std::string number(std::uint64_t value) { return std::to_string(value); }
std::string mark_of(std::string_view bytes) {
  return number(bytes.size()) + " bytes, " + number(hash::hash_text(bytes) % 1'000'000);
}

// Every form that a line may have, with faults between.
const char* const lexicon_lines_of_all_forms =
    "# a remark\n"
    "=\tkubernetes\tk8s kube\n"
    "$\tslow\tslow sluggish times_out\n"
    "%\tfunction\tthe of and\n"
    "%\tplain\tgood bad\n"
    "%\ttrade\tcode test\n"
    "%\teveryday\tsoup bread\n"
    "kubernetes\tis\tkubernetes | k8s_cluster/cluster\n"
    "kubernetes\tsays\tpod/pods crash/crashes/crash_loop !pea | roll_out cluster\n"
    "kubernetes\thints\tyaml\n"
    "kubernetes\tabout\tnode taint HelmChart\n"
    "tuning\tis\ttuning | query_plan\n"
    "tuning\tsays\tquery/select $slow | the query takes nine/ten seconds | one query per row\n"
    "tuning\tabout\tindex plan\n"
    "errors\tis\tts# | enoent | error_code ts#\n"
    "+stop\tis\tstop | shut down\n"
    "+start\tis\tstart | set up\n"
    "@chat\tis\thello | thanks !for\n"
    "@chat\tsays\tgood morning\n"
    "faulty\tis\t!only\n"
    "faulty\twas\tword\n"
    "faulty\tis\n"
    "faulty\t\tword\n"
    "just one column\n"
    "login\tis\tlog_in | log_out | sign in/up | log\n"
    "login\tsays\tlog_out every/each hour | logged/log out again and again/always\n";

std::string words_of(const Lexicon& lexicon, const Vocabulary& vocabulary, std::uint32_t sign) {
  const std::uint32_t term = lexicon.sign_terms[sign];
  if (term != none) return std::string(vocabulary.text(term));
  std::string out;
  for (const RowRecord& row : lexicon.rows)
    for (std::uint32_t i = 0; row.sign == sign && i < row.count; ++i)
      out += (i == 0 ? "" : "_") + words_of(lexicon, vocabulary, lexicon.row_words[row.words + i]);
  return out;
}

// "kubernetes says pod/pods crash [1] 2": its concept, its items, the anchor and how many words it has at least.
std::string pattern_of(const Lexicon& lexicon, const Vocabulary& vocabulary, const PatternRecord& pattern) {
  constexpr const char* ties[] = {"is", "says", "hints"};
  std::string out = lexicon.concepts[pattern.concept_id] + " " + ties[pattern.tie];
  for (std::uint32_t i = 0; i < pattern.item_count; ++i) {
    const ItemRecord& item = lexicon.items[pattern.items + i];
    out += item.absent != 0 ? " !" : " ";
    for (std::uint32_t k = 0; k < item.count; ++k)
      out += (k == 0 ? "" : "/") + words_of(lexicon, vocabulary, lexicon.alternatives[item.alternatives + k]);
  }
  return out + " [" + number(pattern.anchor) + "] " + number(pattern.words) + "\n";
}

std::string lexicon_record() {
  Vocabulary vocabulary;
  const Lexicon lexicon = compile_lexicon(lexicon_lines_of_all_forms, vocabulary);
  std::string out = "lexicon\n";
  for (const PatternRecord& pattern : lexicon.patterns) out += "  " + pattern_of(lexicon, vocabulary, pattern);
  for (const std::string& fault : lexicon.faults) out += "  fault in line " + fault + "\n";
  for (std::size_t sign = 0; sign < lexicon.anchors_by_sign.size(); ++sign) {
    const Slice& slice = lexicon.anchors_by_sign[sign];
    if (slice.count == 0) continue;
    out += "  " + words_of(lexicon, vocabulary, static_cast<std::uint32_t>(sign)) + " leads to";
    for (std::uint32_t i = 0; i < slice.count; ++i) out += " " + number(lexicon.anchors[slice.begin + i]);
    out += "\n";
  }
  return out;
}

std::string lexicon_table_record() {
  const std::string bytes = write_lexicon_table(lexicon_lines_of_all_forms);
  LexiconTable table;
  REQUIRE(table.open(bytes));
  std::string out = "table of the lexicon: " + mark_of(bytes) + "\n";
  for (std::uint32_t t = 0; t < table.terms.size; ++t) {
    const TermRecord& term = table.terms[t];
    const std::uint32_t begin = t == 0 ? 0 : table.term_ends[t - 1];
    out += "  " + std::string(table.text.substr(begin, table.term_ends[t] - begin)) + " class " +
           number(term.word_class) + " known " + number(term.known) +
           (table.meanings[t] == none ? "" : " means " + number(table.meanings[t])) +
           (table.signs[t] == no_sign ? "" : " signed");
    for (std::uint32_t i = 0; i < table.concepts_by_term[t].count; ++i)
      out += " is " + number(table.word_concepts[table.concepts_by_term[t].begin + i]);
    const Slice near = t < table.associations_by_term.size ? table.associations_by_term[t] : Slice{};
    for (std::uint32_t i = 0; i < near.count; ++i)
      out += " near " + number(table.associations[near.begin + i].concept_id) + "=" +
             number(table.associations[near.begin + i].weight);
    out += "\n";
  }
  return out;
}

std::string dictionary_record() {
  const char* const rows =
      "# a remark\n"
      "|und,der,das|et,le|y,el|e,o|e,il|i,w|и,в|的,了|を,の|을,를\n"
      "branch|zweig,ast|branche|rama.|ramo|ramo|gałąź,gałęz|ветк|分支|ブランチ|브랜치\n"
      "delete|lösch,entfern|supprim|borr|apag|cancell|usun|удал|删除,删|削除|삭제\n"
      "\n"
      "remove|entfern,weg |enlev|quit|remov|rimuov|usun|убр|移除,删|除去|제거\n"
      "merge conflict|mergekonflikt|conflit de "
      "fusion|conflicto|conflito|conflitto|konflikt|конфликт|合并冲突|競合|충돌.\n";
  const auto bytes = write_dictionary_table(rows);
  REQUIRE(bytes);
  Dictionary dictionary;
  REQUIRE(dictionary.open(*bytes));
  std::string out = "dictionary: " + mark_of(*bytes) + "\n";
  const std::pair<Language, const char*> texts[] = {
      {Language::german, "Der Zweig wurde entfernt und das Mergekonflikte gelöscht, weg damit, wegen ast"},
      {Language::french, "le conflit de fusion et les branches supprimées"},
      {Language::spanish, "la rama, las ramas y el conflicto"},
      {Language::polish, "usunąć gałąź i gałęzie"},
      {Language::chinese, "删除分支的合并冲突了"},
      {Language::korean, "충돌을 삭제, 충돌하는 브랜치를"}};
  for (const auto& [language, text] : texts) {
    out += "  " + std::string(text) + ":";
    for (const Meaning& meaning : dictionary.meanings(language, folded(text)))
      out += " " + number(meaning.offset) + "+" + number(meaning.length) + "=" +
             (meaning.english.empty() ? "-" : std::string(meaning.english));
    out += "\n";
  }
  for (const char* bad :
       {"a|b\n", "a|x,x|||||||||\n", "a|x|||||||||\nb|x|||||||||\n", "a|,|||||||||\n", "a|--|||||||||\n"}) {
    const auto faulty = write_dictionary_table(bad);
    out +=
        "  " + std::string(bad, std::string(bad).find('\n')) + ": " + (faulty ? "fine" : faulty.error().message) + "\n";
  }
  return out;
}

// Features of some subject: words and grams below a hundred, and pairs of words.
Features features_of(SeededRandom& random, std::uint32_t subject) {
  Features made;
  std::vector<std::uint32_t> stems;
  for (std::uint32_t i = 0; i < 2 + random.below(6); ++i)
    stems.push_back(random.chance(60) ? 10 * (subject % 40) + random.below(6) : 1'000 + random.below(30));
  for (const std::uint32_t stem : stems) made.words.push_back(feature_hash(FeatureKind::word, stem));
  for (std::uint32_t i = 0; i < random.below(6); ++i)
    made.grams.push_back(feature_hash(FeatureKind::gram, random.chance(50) ? subject % 25 : 100 + random.below(9)));
  for (std::size_t i = 0; i < stems.size(); ++i) {
    made.pairs.push_back({i == 0 ? 0 : stems[i - 1], stems[i], true});
    if (i > 1) made.pairs.push_back({std::min(stems[i - 2], stems[i]), std::max(stems[i - 2], stems[i]), false});
  }
  const auto tidy = [](auto& items) {
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
  };
  tidy(made.words);
  tidy(made.grams);
  tidy(made.pairs);
  return made;
}

Lessons lessons_of(SeededRandom& random, std::uint32_t manifests, std::uint32_t each) {
  Lessons lessons;
  lessons.classes = {{"none everyday", {}}, {"none thanks", {}}, {"a command", {}}, {"a skill", {}}};
  for (std::uint32_t i = 0; i < manifests; ++i) {
    const std::string name = (i < manifests / 3 ? "command:c" : "skill:s") + number(1'000 + i);
    lessons.classes.push_back({name, {i, i + 1, i + 2}});
  }
  for (std::uint32_t of = 0; of < lessons.classes.size(); ++of) {
    if (of == 2 || of == 3) continue;
    for (std::uint32_t i = 0; i < each + (of < 2 ? 9 * each : random.below(3)); ++i) {
      Lesson lesson;
      lesson.learned_class = of;
      lesson.percent = random.one_in(4) ? 40 : 100;
      lesson.features = features_of(random, of);
      if (!random.one_in(3)) lesson.text = "prompt " + number(random.below(500));
      if (!lesson.text.empty()) lesson.text.append(random.below(150), '.');
      lessons.lessons.push_back(std::move(lesson));
    }
  }
  return lessons;
}

std::string learned_record(std::uint64_t seed, std::uint32_t manifests, std::uint32_t each) {
  SeededRandom random{seed};
  const std::string bytes = learn(lessons_of(random, manifests, each));
  Learned learned;
  REQUIRE(learned.open(bytes));
  std::string out = number(manifests) + " manifests with " + number(each) + " lessons and more: " + mark_of(bytes) +
                    ", " + number(learned.slots.size) + " slots\n";
  for (std::uint32_t c = 0; c < learned.classes.size && c < 12; ++c) {
    const LearnedClass& record = learned.classes[c];
    out += "  " + std::string(learned.name(c)) + " costs " + std::to_string(record.cost) + ", kind " +
           number(record.kind) + ", about " + number(record.about_count) + ", " + number(record.prompt_count) +
           " prompts";
    for (std::uint32_t i = 0; i < record.prompt_count; ++i)
      out += " " + number(learned.prompt(record.prompts + i).size());
    out += "\n";
  }
  for (std::uint32_t i = 0; i < 25; ++i) {
    const Features asked = features_of(random, i % 3 == 0 ? i : 4 + random.below(manifests));
    const LearnedScores scores(learned, asked);
    std::vector<std::pair<std::int32_t, std::uint32_t>> best;
    for (std::uint32_t c = 0; c < scores.size(); ++c) best.emplace_back(-scores.of(c), c);
    std::sort(best.begin(), best.end());
    out += "  " + number(scores.known()) + " of " +
           number(asked.words.size() + asked.pairs.size() + asked.grams.size()) + " known:";
    for (std::size_t k = 0; k < 3; ++k)
      out += " " + std::string(learned.name(best[k].second)) + "=" + std::to_string(-best[k].first);
    out += "; none " + std::to_string(scores.of(0)) + " " + std::to_string(scores.of(1)) + "; gains";
    if (i % 2 == 0)
      for (const LearnedGain& gain : learned_gains(learned, asked, best[0].second))
        out += " " + number(gain.feature) + "=" + std::to_string(gain.gain);
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("every build compiles the recorded tables of a lexicon, a dictionary and lessons") {
  test::check_record("route_compiled.txt", lexicon_record() + lexicon_table_record() + dictionary_record() +
                                               learned_record(1, 9, 5) + learned_record(2, 60, 12) +
                                               learned_record(3, 400, 4));
}

}  // namespace cascade::route
