// The texts of a manifest become lessons too, so that a manifest without prompts is still known. Translated prompts are
// weighed down together at the end, when their number is known.
#include "route/learn/lessons.h"

#include <map>
#include <set>

#include "route/answer/answer.h"
#include "route/build/postings.h"

namespace cascade::route {
namespace {

// Weights of a manifest's own texts, per cent of a prompt's: they are not worded like the prompts of people.
constexpr std::uint32_t description_percent = 200, trigger_percent = 50, paragraph_percent = 30;
// Translated prompts of one answer count for four together: else those answers would own the dictionary's words.
constexpr std::uint32_t translated_percent = 400, least_translated_percent = 25;
constexpr std::size_t shortest_line = 30;  // bytes; shorter lines of a body teach nothing

class Collector {
 public:
  Collector(const Registry& registry, const ReadSource& read) : registry_(registry), read_(read) {}

  // Opens the classes: every skill and command, and each agent that a prompt has as its answer.
  void open(const std::vector<TaughtPrompts>& files, std::vector<std::string>& unknown) {
    std::map<std::string, ManifestId> known;
    for (const ManifestId id : routable(registry_)) known.emplace(taught_name(registry_[id]), id);
    // Where no prompt asks for it, its own texts make the class: it neither takes others' prompts nor stays hidden.
    std::map<std::string, ManifestId> taught;
    for (const auto& [name, id] : known)
      if (registry_[id].kind != Kind::agent) taught.emplace(name, id);
    for (const TaughtPrompts& file : files)
      for (const WrittenPrompt& prompt : file.prompts) {
        if (prompt.answer.empty()) continue;
        const auto at = known.find(prompt.answer);
        if (at == known.end())
          unknown.push_back(file.file + ":" + std::to_string(prompt.line) + ": " + prompt.answer);
        else
          taught.insert(*at);
      }
    std::set<std::string> sorts;
    for (const TaughtPrompts& file : files)
      for (const WrittenPrompt& prompt : file.prompts)
        if (prompt.answer.empty()) sorts.insert("none " + prompt.sort);
    for (const std::string& sort : sorts) {
      number_[sort] = static_cast<std::uint32_t>(lessons_.classes.size());
      lessons_.classes.push_back({sort, {}});
    }
    for (const char* kind : {"command", "skill"}) lessons_.classes.push_back({std::string(kind_prefix) + kind, {}});
    before_manifests_ = lessons_.classes.size();
    for (const auto& [name, id] : taught) {
      number_[name] = static_cast<std::uint32_t>(lessons_.classes.size());
      ids_.push_back(id);
      lessons_.classes.push_back({name, about_words(registry_[id].description)});
    }
  }

  void add_prompts(const std::vector<TaughtPrompts>& files) {
    for (const TaughtPrompts& file : files)
      for (const WrittenPrompt& prompt : file.prompts) {
        const auto at = number_.find(prompt.answer.empty() ? "none " + prompt.sort : prompt.answer);
        if (at != number_.end()) add(at->second, 100, prompt.text, !prompt.answer.empty());
      }
  }

  Result<void> add_manifests() {
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      auto source = read_source(registry_, ids_[i], read_, {});
      if (!source) return source.error();
      const auto number = static_cast<std::uint32_t>(before_manifests_ + i);
      std::string name(registry_[ids_[i]].name);
      std::ranges::replace(name, '-', ' ');
      add(number, description_percent, name + ". " + source->description, false);
      for (const std::string& phrase : source->phrases) add(number, trigger_percent, phrase, false);
      for (const Line& line : source->lines)
        if (const std::string_view text = source->line(line); text.size() >= shortest_line)
          add(number, paragraph_percent, text, false);
    }
    return {};
  }

  Lessons take() {
    for (const auto& [learned_class, numbers] : translated_) {
      const auto share = translated_percent / static_cast<std::uint32_t>(numbers.size());
      const std::uint32_t each = std::min(std::max(share, least_translated_percent), 100u);
      for (const std::size_t number : numbers)
        lessons_.lessons[number].percent = lessons_.lessons[number].percent * each / 100;
    }
    return std::move(lessons_);
  }

 private:
  void add(std::uint32_t learned_class, std::uint32_t percent, std::string_view text, bool keep) {
    ReadLesson read = reader_.read(text);
    if (read.translated) translated_[learned_class].push_back(lessons_.lessons.size());
    lessons_.lessons.push_back(
        {learned_class, percent, std::move(read.features), keep ? std::string(text) : std::string()});
  }

  const Registry& registry_;
  const ReadSource& read_;
  LessonReader reader_;
  Lessons lessons_;
  std::map<std::string, std::uint32_t> number_;
  std::size_t before_manifests_ = 0;
  std::map<std::uint32_t, std::vector<std::size_t>> translated_;  // by class: its lessons that were translated
  std::vector<ManifestId> ids_;                                   // by class, from before_manifests_
};

}  // namespace

LessonReader::LessonReader() : block_(lay_out(Registry::build({}), {}, NotesData().view(), lexicon_table(), {})) {
  tables_.open(block_);
}

ReadLesson LessonReader::read(std::string_view text) const {
  const Prompt prompt = read_prompt(tables_, text);
  const Weights weights;
  const Scorer scorer(tables_, weights, prompt);
  const bool translated = std::ranges::any_of(prompt.words, [](const PromptWord& word) { return word.translated; });
  return {features_of(tables_, prompt, scorer), translated};
}

Result<Lessons> lessons_of(const std::vector<TaughtPrompts>& files, const Registry& registry, const ReadSource& read,
                           std::vector<std::string>& unknown) {
  Collector collector(registry, read);
  collector.open(files, unknown);
  collector.add_prompts(files);
  if (auto added = collector.add_manifests(); !added) return added.error();
  return collector.take();
}

}  // namespace cascade::route
