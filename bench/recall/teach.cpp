// Every term begins with a random direction that depends on its key alone, the same in prompts and facts, so that equal
// terms agree from the start. Then each prompt in turn pulls the fact that it wants closer and pushes the other facts
// of its organisation and some of others away, as far as they were thought likely (the gradient of a softmax over what
// words say and the directions say), with steps that shrink where they were large (Adagrad). A fifth of a prompt's
// words is left out each time, so that no single word decides. Terms of few organisations are left out: they would be
// learned by heart.
#include "teach.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <unordered_map>

#include "facts/recall.h"

namespace cascade::bench {
namespace {

constexpr std::size_t size = recall::meaning_size;
constexpr std::size_t least_organisations = 5;  // that must have a term
constexpr int rounds = 8;
constexpr std::size_t strangers = 12;  // facts of other organisations beside those of a prompt's own
constexpr double step = 0.15;          // of a number as it is written; likeness() knows its square
constexpr float rate = 0.06F, shrinking = 0.002F, spread = 1, first_worth = 0.7F;

struct Directions {
  std::unordered_map<std::uint32_t, std::size_t> places;
  std::vector<float> at, squares;

  explicit Directions(const std::map<std::uint32_t, std::set<std::size_t>>& having) {
    for (const auto& [key, organisations] : having)
      if (organisations.size() >= least_organisations) add(key);
  }

  void step(std::size_t place, const float* by, float length) {
    float* const to = &at[place];
    float* const square = &squares[place];
    for (std::size_t i = 0; i < size; ++i) {
      square[i] += by[i] * by[i];
      to[i] += length * by[i] / std::sqrt(square[i]);
    }
  }

 private:
  static std::uint64_t mixed(std::uint64_t x) {
    for (const std::uint64_t factor : {0xff51afd7ed558ccdULL, 0xc4ceb9fe1a85ec53ULL}) x = (x ^ x >> 33) * factor;
    return x ^ x >> 33;
  }

  void add(std::uint32_t key) {
    places[key] = at.size();
    for (std::size_t i = 0; i < size; ++i) {
      const double random = static_cast<double>(mixed((std::uint64_t{key} << 8) + i) >> 11) / 4503599627370496.0 - 1;
      at.push_back(spread / std::sqrt(static_cast<float>(size)) * static_cast<float>(random));
    }
    squares.resize(at.size(), 1e-3F);
  }
};

struct Part {
  std::size_t place = 0;
  float weight = 0;
};

// A fact that a prompt may want.
struct Candidate {
  const std::vector<Part>* parts = nullptr;
  float level = 0;
  bool is_wanted = false;
};

class Teacher {
 public:
  Teacher(const Lessons& lessons, const std::function<bool(const Organisation&)>& is_taught)
      : prompts_(terms_of(lessons, is_taught, true)), facts_(terms_of(lessons, is_taught, false)) {
    for (std::size_t o = 0; o < lessons.organisations.size(); ++o) {
      parts_.emplace_back();
      if (!is_taught(*lessons.organisations[o])) continue;
      for (const std::vector<Term>& fact : lessons.facts[o]) parts_.back().push_back(parts_of(fact));
      for (const Lesson& lesson : lessons.prompts[o]) lessons_.push_back({&lesson, o});
      if (!parts_.back().empty()) taught_.push_back(o);
    }
  }

  void teach() {
    for (int round = 1; round <= rounds; ++round) {
      for (std::size_t i = lessons_.size(); i-- > 1;) std::swap(lessons_[i], lessons_[random() % (i + 1)]);
      for (const auto& [lesson, organisation] : lessons_)
        learn(*lesson, candidates(*lesson, parts_[organisation]), rate / (1 + 0.1F * static_cast<float>(round)));
    }
  }

  Taught taught() const { return {rows_of(prompts_), rows_of(facts_)}; }

 private:
  using Place = std::array<float, size>;

  static std::map<std::uint32_t, std::set<std::size_t>> terms_of(
      const Lessons& lessons, const std::function<bool(const Organisation&)>& is_taught, bool of_prompts) {
    std::map<std::uint32_t, std::set<std::size_t>> having;
    for (std::size_t o = 0; o < lessons.organisations.size(); ++o) {
      if (!is_taught(*lessons.organisations[o])) continue;
      if (of_prompts) {
        for (const Lesson& lesson : lessons.prompts[o])
          for (const std::uint32_t key : lesson.keys) having[key].insert(o);
      } else {
        for (const std::vector<Term>& fact : lessons.facts[o])
          for (const Term& term : fact) having[term.key].insert(o);
      }
    }
    return having;
  }

  std::vector<Part> parts_of(const std::vector<Term>& fact) const {
    std::vector<Part> parts;
    float squares = 0;
    for (const Term& term : fact) squares += term.weight * term.weight;
    for (const Term& term : fact)
      if (const auto found = facts_.places.find(term.key); found != facts_.places.end())
        parts.push_back({found->second, term.weight / std::sqrt(std::max(squares, 1.0F))});
    return parts;
  }

  std::uint64_t random() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    return state_ ^= state_ << 17;
  }

  static void add(const Directions& directions, const std::vector<Part>& parts, Place& sum) {
    for (const Part& part : parts) {
      const float* const at = &directions.at[part.place];
      for (std::size_t i = 0; i < size; ++i) sum[i] += part.weight * at[i];
    }
  }

  // How much likelier each fact should be than it is.
  static std::vector<float> errors(const std::vector<Candidate>& facts, std::vector<float> fit) {
    const float most = *std::max_element(fit.begin(), fit.end());
    float all = 0, wanted = 0;
    for (std::size_t i = 0; i < fit.size(); ++i) {
      fit[i] = std::exp(fit[i] - most);
      all += fit[i];
      wanted += facts[i].is_wanted ? fit[i] : 0;
    }
    for (std::size_t i = 0; i < fit.size(); ++i)
      fit[i] = (facts[i].is_wanted ? fit[i] / std::max(wanted, 1e-30F) : 0) - fit[i] / all;
    return fit;
  }

  std::vector<Part> some_words(const Lesson& lesson) {
    std::vector<Part> words;
    const float weight = 1 / std::sqrt(static_cast<float>(std::max<std::size_t>(lesson.keys.size(), 1)));
    for (const std::uint32_t key : lesson.keys) {
      const auto found = prompts_.places.find(key);
      if (found != prompts_.places.end() && (random() >> 20) % 5 != 0) words.push_back({found->second, weight});
    }
    return words;
  }

  std::vector<Candidate> candidates(const Lesson& lesson, const std::vector<std::vector<Part>>& facts) {
    std::vector<Candidate> all;
    for (std::size_t f = 0; f < facts.size(); ++f) all.push_back({&facts[f], lesson.levels[f], lesson.wants[f]});
    for (std::size_t i = 0; i < strangers; ++i) {
      const std::vector<std::vector<Part>>& others = parts_[taught_[random() % taught_.size()]];
      all.push_back({&others[random() % others.size()], 0, false});
    }
    return all;
  }

  void learn(const Lesson& lesson, const std::vector<Candidate>& facts, float length) {
    const std::vector<Part> words = some_words(lesson);
    Place prompt{};
    add(prompts_, words, prompt);
    std::vector<Place> places(facts.size());
    std::vector<float> fit;
    for (std::size_t f = 0; f < facts.size(); ++f) {
      add(facts_, *facts[f].parts, places[f]);
      fit.push_back(worth_ * facts[f].level);
      for (std::size_t i = 0; i < size; ++i) fit.back() += prompt[i] * places[f][i];
    }
    const std::vector<float> error = errors(facts, fit);
    Place pull{}, by{};
    float worth = 0;
    for (std::size_t f = 0; f < facts.size(); ++f) {
      constexpr float least = 0.002F;
      if (std::fabs(error[f]) < least) continue;
      worth += error[f] * facts[f].level;
      for (std::size_t i = 0; i < size; ++i) pull[i] += error[f] * places[f][i];
      for (const Part& part : *facts[f].parts) {
        const float* const at = &facts_.at[part.place];
        for (std::size_t i = 0; i < size; ++i)
          by[i] = error[f] * part.weight * prompt[i] - shrinking * at[i] * std::fabs(error[f]);
        facts_.step(part.place, by.data(), length);
      }
    }
    for (const Part& part : words) {
      const float* const at = &prompts_.at[part.place];
      for (std::size_t i = 0; i < size; ++i) by[i] = pull[i] * part.weight - shrinking * 0.3F * at[i];
      prompts_.step(part.place, by.data(), length);
    }
    worth_squares_ += worth * worth;
    worth_ += 0.1F * worth / std::sqrt(worth_squares_);
  }

  static std::string rows_of(const Directions& directions) {
    const std::map<std::uint32_t, std::size_t> sorted(directions.places.begin(), directions.places.end());
    std::string rows;
    const auto level = [](float at) {
      const auto steps = static_cast<int>(std::lround(at / step));
      return std::clamp(steps, -recall::meaning_most, recall::meaning_most) + recall::meaning_most;
    };
    for (const auto& [key, place] : sorted) {
      std::array<char, recall::key_digits + 1> digits{};
      std::snprintf(digits.data(), digits.size(), "%08x", key);
      rows += digits.data();
      for (std::size_t i = 0; i < size; i += 2)
        rows += static_cast<char>(recall::meaning_first + level(directions.at[place + i]) * recall::meaning_levels +
                                  level(directions.at[place + i + 1]));
    }
    return rows;
  }

  struct Turn {
    const Lesson* lesson;
    std::size_t organisation;
  };
  Directions prompts_, facts_;
  std::vector<std::vector<std::vector<Part>>> parts_;  // by organisation and fact
  std::vector<std::size_t> taught_;                    // organisations with facts
  std::vector<Turn> lessons_;
  float worth_ = first_worth, worth_squares_ = 1;  // of a doubling by words
  std::uint64_t state_ = 88172645463325252ULL;
};

std::vector<std::vector<Term>> terms_of_facts(const recall::IndexTables& tables) {
  std::vector<std::vector<Term>> facts(tables.facts.size);
  for (const recall::KeyRecord& key : tables.keys)
    for (std::uint32_t i = key.begin; i < key.begin + key.count; ++i) {
      const recall::FactPosting& posting = tables.postings.data[i];
      const auto weight = static_cast<float>(recall::meaning_weight(posting.subject, posting.text));
      facts[posting.fact].push_back({key.key, weight / 1000});
    }
  return facts;
}

}  // namespace

Lessons read_lessons(const std::vector<Organisation>& organisations) {
  Lessons lessons;
  const recall::MeaningRows none;
  for (const Organisation& organisation : organisations) {
    const auto bytes = recall::build_index(organisation.set.live, none);
    const auto index = recall::Index::over(nullptr, *bytes);
    lessons.organisations.push_back(&organisation);
    lessons.facts.push_back(terms_of_facts(index->tables()));
    lessons.prompts.emplace_back();
    for (const test::MemoryQuestion& question : organisation.set.questions) {
      if (question.expect.empty()) continue;
      Lesson lesson;
      lesson.organisation = &organisation;
      lesson.keys = recall::meaning_keys(recall::read_terms(index->lexicon(), question.prompt), question.prompt);
      recall::Query query;
      query.prompt = question.prompt;
      query.place.project = question.project;
      query.any_user = query.any_team = true;
      query.limit = organisation.set.live.size();
      query.meanings = none;
      query.decides = false;
      for (const recall::Fact& fact : organisation.set.live)
        lesson.wants.push_back(question.expect.count(fact.id) != 0);
      lesson.levels.resize(lesson.wants.size());
      for (const recall::Recalled& one : recall::recall(*index, query).facts)
        lesson.levels[one.fact] = static_cast<float>(one.level) / 64;
      if (std::find(lesson.wants.begin(), lesson.wants.end(), true) != lesson.wants.end())
        lessons.prompts.back().push_back(std::move(lesson));
    }
  }
  return lessons;
}

Taught teach(const Lessons& lessons, const std::function<bool(const Organisation&)>& is_taught) {
  Teacher teacher(lessons, is_taught);
  teacher.teach();
  return teacher.taught();
}

}  // namespace cascade::bench
