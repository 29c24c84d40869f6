// Fitting the router's weights by leaving one collection out, and what each of its parts is worth.
#include "collection.h"

#include <cstdio>
#include <functional>

namespace cascade::bench {
namespace {

using route::FieldWeights;
using route::Weights;

struct Setting {
  Weights weights;
  FieldWeights fields;
};

// A number that may be turned, and the values that are tried besides.
struct Knob {
  std::string name;
  std::function<std::uint32_t&(Setting&)> value;
  bool rebuilds = false;
};

std::vector<Knob> knobs() {
  std::vector<Knob> all;
  const auto weight = [&](const char* name, std::uint32_t Weights::*member) {
    all.push_back({name, [member](Setting& s) -> std::uint32_t& { return s.weights.*member; }, false});
  };
  weight("plain", &Weights::plain);
  weight("repaired", &Weights::repaired);
  weight("explained", &Weights::explained);
  weight("further", &Weights::further);
  weight("many_words", &Weights::many_words);
  weight("fewer", &Weights::fewer);
  weight("concept_is", &Weights::concept_is);
  weight("concept_says", &Weights::concept_says);
  weight("concept_hints", &Weights::concept_hints);
  weight("concept_scale", &Weights::concept_scale);
  weight("concept_word", &Weights::concept_word);
  weight("concept_again", &Weights::concept_again);
  weight("concept_most", &Weights::concept_most);
  weight("loose", &Weights::loose);
  weight("association", &Weights::association);
  weight("association_single", &Weights::association_single);
  weight("association_most", &Weights::association_most);
  weight("association_more", &Weights::association_more);
  weight("name_share", &Weights::name_share);
  weight("trigger_share", &Weights::trigger_share);
  weight("sibling", &Weights::sibling);
  for (std::size_t i = 1; i < 4; ++i)
    all.push_back(
        {"by_class " + std::to_string(i), [i](Setting& s) -> std::uint32_t& { return s.weights.by_class[i]; }, false});
  const auto field = [&](const std::string& name, std::function<std::uint32_t&(Setting&)> value) {
    all.push_back({name, std::move(value), true});
  };
  for (std::size_t f = 0; f < route::field_count; ++f) {
    const std::string name(to_string(static_cast<route::Field>(f)));
    field("full " + name, [f](Setting& s) -> std::uint32_t& { return s.fields.full[f]; });
    field("strong " + name, [f](Setting& s) -> std::uint32_t& { return s.fields.strong[f]; });
    field("length " + name, [f](Setting& s) -> std::uint32_t& { return s.fields.length[f]; });
  }
  field("full_half", [](Setting& s) -> std::uint32_t& { return s.fields.full_half; });
  field("strong_half", [](Setting& s) -> std::uint32_t& { return s.fields.strong_half; });
  field("word_mass", [](Setting& s) -> std::uint32_t& { return s.fields.word_mass; });
  field("concept_mass", [](Setting& s) -> std::uint32_t& { return s.fields.concept_mass; });
  return all;
}

// Hits and places count alike; collections count by their size's root, so that the largest does not decide alone.
double worth(const std::vector<Sums>& sums, std::size_t without) {
  double total = 0, weight = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (i == without || sums[i].positive == 0) continue;
    const double w = __builtin_sqrt(sums[i].positive);
    total += w * (sums[i].first + sums[i].reciprocal) / (2.0 * sums[i].positive);
    weight += w;
  }
  return 100 * total / weight;
}

std::vector<Sums> measure(std::vector<Collection>& collections, const Setting& setting, bool rebuild,
                          std::size_t without) {
  std::vector<Sums> sums;
  for (std::size_t i = 0; i < collections.size(); ++i) {
    if (i == without) {
      sums.emplace_back();
      continue;
    }
    if (rebuild) collections[i].rebuild(setting.fields);
    sums.push_back(sum(collections[i], run(collections[i], setting.weights)));
  }
  return sums;
}

// Coordinate ascent over a few values around each number; a step is taken for a clear gain only.
Setting climb(std::vector<Collection>& collections, std::size_t without, bool fields, bool tell) {
  constexpr double clear = 0.08;
  Setting best;
  double best_worth = worth(measure(collections, best, true, without), without);
  for (int round = 0; round < 2; ++round) {
    bool changed = false;
    for (const Knob& knob : knobs()) {
      if (knob.rebuilds && !fields) continue;
      for (const int per_cent : {50, 80, 125, 200}) {
        Setting trial = best;
        std::uint32_t& value = knob.value(trial);
        const std::uint32_t was = value;
        value = was == 0 ? static_cast<std::uint32_t>(per_cent) / 5 : was * static_cast<std::uint32_t>(per_cent) / 100;
        if (value == was) continue;
        const double now = worth(measure(collections, trial, knob.rebuilds, without), without);
        if (now < best_worth + clear) continue;
        if (tell) std::printf("  %-18s %5u -> %5u  %.2f\n", knob.name.c_str(), was, value, now);
        std::fflush(stdout);
        best = trial;
        best_worth = now;
        changed = true;
      }
      if (knob.rebuilds) measure(collections, best, true, without);
    }
    if (!changed) break;
  }
  return best;
}

}  // namespace

int fit(std::vector<Collection>& collections, bool fields) {
  std::printf("%s", heading().c_str());
  Sums fitted, left_out, standing;
  const Setting all = climb(collections, collections.size(), fields, true);
  for (std::size_t i = 0; i < collections.size(); ++i) {
    const Setting setting = climb(collections, i, fields, false);
    for (Collection& collection : collections) collection.rebuild({});
    const Sums before = sum(collections[i], run(collections[i], {}));
    collections[i].rebuild(setting.fields);
    const Sums without = sum(collections[i], run(collections[i], setting.weights));
    collections[i].rebuild(all.fields);
    const Sums with = sum(collections[i], run(collections[i], all.weights));
    std::printf("%s%s%s", line(collections[i].name + " as it is", before).c_str(),
                line("  fitted on the others", without).c_str(), line("  fitted on all", with).c_str());
    std::fflush(stdout);
    standing.add(before);
    left_out.add(without);
    fitted.add(with);
  }
  std::printf("%s%s%s", line("all as it is", standing).c_str(), line("all, one left out", left_out).c_str(),
              line("all, fitted on all", fitted).c_str());
  return 0;
}

int try_values(std::vector<Collection>& collections, const std::string& what) {
  // "KNOB=VALUE;KNOB=VALUE,VALUE": all but the last are set first.
  const std::size_t semicolon = what.rfind(';');
  Setting base;
  if (semicolon != std::string::npos)
    for (std::size_t at = 0; at < semicolon;) {
      const std::size_t end = std::min(what.find(';', at), semicolon), is = what.find('=', at);
      for (const Knob& knob : knobs())
        if (knob.name == what.substr(at, is - at))
          knob.value(base) = static_cast<std::uint32_t>(std::stoul(what.substr(is + 1, end - is - 1)));
      at = end + 1;
    }
  const std::string last = semicolon == std::string::npos ? what : what.substr(semicolon + 1);
  const std::size_t equals = last.find('=');
  for (const Knob& knob : knobs()) {
    if (knob.name != last.substr(0, equals)) continue;
    Setting setting = base;
    std::string list = last.substr(equals + 1);
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = std::min(list.find(',', at), list.size());
      knob.value(setting) = static_cast<std::uint32_t>(std::stoul(list.substr(at, end - at)));
      Sums sums;
      std::vector<Sums> each = measure(collections, setting, true, collections.size());
      for (const Sums& one : each) sums.add(one);
      std::printf("%.2f %s", worth(each, each.size()), line(knob.name + " " + list.substr(at, end - at), sums).c_str());
      at = end + 1;
    }
  }
  return 0;
}

int ablate(std::vector<Collection>& collections) {
  struct Part {
    std::string name;
    std::function<void(Setting&)> drop;
  };
  const std::vector<Part> parts = {
      {"nothing", [](Setting&) {}},
      {"concepts of the lexicon", [](Setting& s) { s.weights.concept_scale = 0; }},
      {"what people say", [](Setting& s) { s.weights.concept_says = s.weights.concept_hints = 0; }},
      {"hints", [](Setting& s) { s.weights.concept_hints = 0; }},
      {"words near a concept", [](Setting& s) { s.weights.association = 0; }},
      {"firmness of phrases", [](Setting& s) { s.weights.loose = 0; }},
      {"typo repair", [](Setting& s) { s.weights.repaired = 0; }},
      {"classes of words",
       [](Setting& s) {
         s.weights.by_class = {1000, 1000, 1000, 0};
       }},
      {"phrases explain words", [](Setting& s) { s.weights.explained = 1000; }},
      {"share of a name", [](Setting& s) { s.weights.name_share = 0; }},
      {"share of a trigger", [](Setting& s) { s.weights.trigger_share = 0; }},
      {"words that tell siblings", [](Setting& s) { s.weights.sibling = 0; }},
      {"many words weigh less", [](Setting& s) { s.weights.many_words = 1000; }},
      {"bodies", [](Setting& s) { s.fields.full[5] = 0; }},
      {"triggers", [](Setting& s) { s.fields.full[1] = s.fields.strong[1] = s.weights.trigger_share = 0; }},
      {"referrers", [](Setting& s) { s.fields.full[6] = 0; }},
      {"examples", [](Setting& s) { s.fields.full[7] = 0; }},
      {"headings", [](Setting& s) { s.fields.full[4] = s.fields.strong[4] = 0; }},
      {"the situation section", [](Setting& s) { s.fields.full[3] = s.fields.strong[3] = 0; }},
  };
  std::printf("%s", heading().c_str());
  for (const Part& part : parts) {
    Setting setting;
    part.drop(setting);
    Sums sums;
    for (const Sums& one : measure(collections, setting, true, collections.size())) sums.add(one);
    std::printf("%s", line(part.name.substr(0, 22), sums).c_str());
    std::fflush(stdout);
  }
  return 0;
}

// One lane of an answer: the place of the right manifest in it, the gate's sum and what it was made of.
void tell_lane(const Collection& collection, std::size_t prompt, const char* name, const route::Lane& lane) {
  std::uint32_t place = 0;
  for (std::size_t k = 0; k < lane.order.size() && k < 30 && place == 0; ++k)
    if (collection.expects(prompt, lane.order[k].entry)) place = static_cast<std::uint32_t>(k + 1);
  const auto kind = lane.order.empty() ? 9U : collection.tables.entries[lane.order[0].entry].kind;
  std::printf("\t%s.n=%zu\t%s.kind=%u\t%s.place=%u\t%s.points=%d\t%s.lead=%u\t%s.called=%u", name, lane.order.size(),
              name, kind, name, place, name, lane.points, name, route::lead_of(lane.signals), name,
              lane.signals.called);
  for (const route::SignalPoints& signal : route::weigh(lane.signals))
    std::printf("\t%s.%s=%d", name, std::string(signal.name).c_str(), signal.value);
}

int lanes(const std::vector<Collection>& collections) {
  for (const Collection& collection : collections)
    for (std::size_t i = 0; i < collection.prompts.size(); ++i) {
      Query query;
      query.text = collection.prompts[i].text;
      query.kinds = collection.kinds;
      const route::Answer answer(collection.tables, query);
      std::printf("set=%s\tprompt=%zu\tpositive=%d", collection.name.c_str(), i,
                  collection.prompts[i].expect.empty() ? 0 : 1);
      tell_lane(collection, i, "own", answer.own);
      tell_lane(collection, i, "shipped", answer.shipped);
      std::printf("\n");
    }
  return 0;
}

int signals(const std::vector<Collection>& collections) {
  for (const Collection& collection : collections)
    for (const Row& row : run(collection, {})) {
      if (!row.by_points) continue;
      const route::Signals& s = row.signals;
      std::printf("%s\t%zu\t%d\t%u\t%u", collection.name.c_str(), row.prompt,
                  collection.prompts[row.prompt].expect.empty() ? 0 : 1, row.place, s.lead);
      for (const route::SignalPoints& signal : route::weigh(s))
        std::printf("\t%s=%d", std::string(signal.name).c_str(), signal.value);
      std::printf("\n");
    }
  return 0;
}

}  // namespace cascade::bench
