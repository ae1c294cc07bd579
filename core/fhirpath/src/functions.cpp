#include "functions.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::fhirpath {
namespace {

// name, group, what it does in Japanese and English, an example; handler, arguments at least and at most, input,
// result, arguments
constexpr FunctionEntry kFunctions[] = {
    {{"empty", "existence", "何もなければ true。", "True if there is nothing.", "Patient.link.empty()"}, run_empty, 0, 0, Shape::any, Shape::boolean, {}},
    {{"exists", "existence", "何かあれば（条件に合うものがあれば）true。", "True if there is something (that meets the criterion).", "Patient.name.exists(use = 'official')"}, run_exists, 0, 1, Shape::any, Shape::boolean, {Shape::criterion}},
    {{"all", "existence", "すべてが条件に合えば true。空なら true。", "True if every item meets the criterion, and if there is none.", "Patient.name.all(family.exists())"}, run_all, 1, 1, Shape::any, Shape::boolean, {Shape::criterion}},
    {{"allTrue", "existence", "すべてが true なら true。", "True if every item is true.", "Patient.name.select(given.exists()).allTrue()"}, run_all_true, 0, 0, Shape::any, Shape::boolean, {}},
    {{"anyTrue", "existence", "true が一つでもあれば true。", "True if any item is true.", "Patient.name.select(period.exists()).anyTrue()"}, run_any_true, 0, 0, Shape::any, Shape::boolean, {}},
    {{"allFalse", "existence", "すべてが false なら true。", "True if every item is false.", "Patient.name.select(period.exists()).allFalse()"}, run_all_false, 0, 0, Shape::any, Shape::boolean, {}},
    {{"anyFalse", "existence", "false が一つでもあれば true。", "True if any item is false.", "Patient.name.select(period.exists()).anyFalse()"}, run_any_false, 0, 0, Shape::any, Shape::boolean, {}},
    {{"subsetOf", "existence", "すべてが引数の中にあれば true。", "True if every item is among those of the argument.", "(1 | 2).subsetOf(1 | 2 | 3)"}, run_subset_of, 1, 1, Shape::any, Shape::boolean, {Shape::any}},
    {{"supersetOf", "existence", "引数のすべてが中にあれば true。", "True if every item of the argument is among them.", "(1 | 2 | 3).supersetOf(1 | 2)"}, run_superset_of, 1, 1, Shape::any, Shape::boolean, {Shape::any}},
    {{"count", "existence", "いくつあるか。", "How many items there are.", "Patient.name.count()"}, run_count, 0, 0, Shape::any, Shape::integer, {}},
    {{"distinct", "existence", "同じものを一つにまとめる。", "Each of equal items once.", "Patient.name.given.distinct()"}, run_distinct, 0, 0, Shape::any, Shape::same, {}},
    {{"isDistinct", "existence", "同じものが二つとなければ true。", "True if no two items are equal.", "(1 | 2).isDistinct()"}, run_is_distinct, 0, 0, Shape::any, Shape::boolean, {}},
    {{"not", "existence", "true と false を入れ替える。", "Turns true into false and false into true.", "Patient.active.not()"}, run_not, 0, 0, Shape::any, Shape::boolean, {}},
    {{"hasValue", "existence", "値をもつ要素が一つだけなら true（FHIR）。", "True if it is one element with a value (FHIR).", "Patient.birthDate.hasValue()"}, run_has_value, 0, 0, Shape::any, Shape::boolean, {}},
    {{"getValue", "existence", "要素の値（FHIR）。", "The value of an element (FHIR).", "Patient.birthDate.getValue()"}, run_get_value, 0, 0, Shape::any, Shape::system, {}},
    {{"where", "filtering", "条件に合うものだけ。", "The items that meet the criterion.", "Patient.telecom.where(system = 'phone')"}, run_where, 1, 1, Shape::any, Shape::same, {Shape::criterion}},
    {{"select", "filtering", "それぞれから取り出す。", "What the projection yields for each item.", "Patient.name.select(given.first() & ' ' & family)"}, run_select, 1, 1, Shape::any, Shape::projection, {Shape::projection}},
    {{"sort", "filtering", "並べ替える。キーの前に - を付けると大きい順。", "The items in order; a key after a - sorts downwards.", "Patient.name.sort(-family, given.first())"}, run_sort, 0, 255, Shape::any, Shape::same, {Shape::projection}},
    {{"repeat", "filtering", "取り出したものからまた取り出す。同じものは一度だけ。", "What the projection yields, again and again; equal items once.", "Questionnaire.repeat(item)"}, run_repeat, 1, 1, Shape::any, Shape::projection, {Shape::repetition}},
    {{"repeatAll", "filtering", "repeat() と同じで、同じものも残す。", "As repeat(), equal items kept.", "Questionnaire.repeatAll(item)"}, run_repeat_all, 1, 1, Shape::any, Shape::projection, {Shape::repetition}},
    {{"ofType", "filtering", "その型のものだけ。", "The items of that type.", "Bundle.entry.resource.ofType(Patient)"}, run_of_type, 1, 1, Shape::any, Shape::named, {Shape::type}},
    {{"is", "filtering", "その型なら true。", "True if it is of that type.", "Observation.value.is(Quantity)"}, run_is, 1, 1, Shape::any, Shape::boolean, {Shape::type}},
    {{"as", "filtering", "その型なら、そのまま。", "The item if it is of that type.", "Observation.value.as(Quantity)"}, run_as, 1, 1, Shape::any, Shape::named, {Shape::type}},
    {{"type", "filtering", "型。name と namespace をもつ。", "The type, with its name and namespace.", "Patient.birthDate.type().name"}, run_type, 0, 0, Shape::any, Shape::any, {}},
    {{"single", "subsetting", "ただ一つのもの。二つ以上あれば誤り。", "The only item; several are an error.", "Patient.birthDate.single()"}, run_single, 0, 0, Shape::any, Shape::one, {}},
    {{"first", "subsetting", "最初のもの。", "The first item.", "Patient.name.first()"}, run_first, 0, 0, Shape::ordered, Shape::one, {}},
    {{"last", "subsetting", "最後のもの。", "The last item.", "Patient.name.last()"}, run_last, 0, 0, Shape::ordered, Shape::one, {}},
    {{"tail", "subsetting", "最初のもの以外。", "All but the first item.", "Patient.name.tail()"}, run_tail, 0, 0, Shape::ordered, Shape::same, {}},
    {{"skip", "subsetting", "初めのいくつかを飛ばす。", "All but the first so many items.", "Patient.name.skip(1)"}, run_skip, 1, 1, Shape::ordered, Shape::same, {Shape::integer}},
    {{"take", "subsetting", "初めのいくつか。", "The first so many items.", "Patient.name.take(2)"}, run_take, 1, 1, Shape::ordered, Shape::same, {Shape::integer}},
    {{"intersect", "subsetting", "引数にもあるもの。", "The items that the argument has too.", "(1 | 2).intersect(2 | 3)"}, run_intersect, 1, 1, Shape::any, Shape::same, {Shape::any}},
    {{"exclude", "subsetting", "引数にないもの。", "The items that the argument does not have.", "(1 | 2).exclude(2)"}, run_exclude, 1, 1, Shape::any, Shape::same, {Shape::any}},
    {{"union", "combining", "両方を合わせる。同じものは一度だけ。", "Both together, equal items once.", "Patient.name.given.union('x')"}, run_union_of, 1, 1, Shape::any, Shape::both, {Shape::any}},
    {{"combine", "combining", "両方を合わせる。同じものも残す。", "Both together, equal items kept.", "Patient.name.given.combine('x')"}, run_combine, 1, 1, Shape::any, Shape::both, {Shape::any}},
    {{"coalesce", "combining", "空でない最初の引数。", "The first argument that is not empty.", "coalesce(Patient.birthDate, @1900-01-01)"}, run_coalesce, 1, 255, Shape::any, Shape::arguments, {Shape::any}},
    {{"aggregate", "combining", "$total に一つずつ足し込む。", "Works through the items, keeping $total.", "(1 | 2 | 3).aggregate($this + $total, 0)"}, run_aggregate, 1, 2, Shape::any, Shape::any, {Shape::total, Shape::any}},
    {{"sum", "combining", "合計。", "The sum.", "(1 | 2 | 3).sum()"}, run_sum, 0, 0, Shape::any, Shape::any, {}},
    {{"min", "combining", "最も小さいもの。", "The least item.", "(1 | 2 | 3).min()"}, run_min, 0, 0, Shape::any, Shape::one, {}},
    {{"max", "combining", "最も大きいもの。", "The greatest item.", "(1 | 2 | 3).max()"}, run_max, 0, 0, Shape::any, Shape::one, {}},
    {{"avg", "combining", "平均。", "The mean.", "(1 | 2 | 3).avg()"}, run_avg, 0, 0, Shape::any, Shape::any, {}},
    {{"iif", "conversion", "条件が true なら二番目、そうでなければ三番目。", "The second argument if the first is true, otherwise the third.", "iif(Patient.active, 'yes', 'no')"}, run_iif, 2, 3, Shape::any, Shape::branches, {Shape::boolean_strictly, Shape::whole, Shape::whole}},
    {{"toBoolean", "conversion", "真偽値にする。できなければ空。", "Turns it into a Boolean; empty where it cannot.", "'true'.toBoolean()"}, run_to_boolean, 0, 0, Shape::any, Shape::boolean, {}},
    {{"convertsToBoolean", "conversion", "真偽値にできれば true。", "True if it can be turned into a Boolean.", "'true'.convertsToBoolean()"}, run_converts_to_boolean, 0, 0, Shape::any, Shape::boolean, {}},
    {{"toInteger", "conversion", "整数にする。できなければ空。", "Turns it into an Integer; empty where it cannot.", "'12'.toInteger()"}, run_to_integer, 0, 0, Shape::any, Shape::integer, {}},
    {{"convertsToInteger", "conversion", "整数にできれば true。", "True if it can be turned into an Integer.", "'12'.convertsToInteger()"}, run_converts_to_integer, 0, 0, Shape::any, Shape::boolean, {}},
    {{"toDecimal", "conversion", "小数にする。できなければ空。", "Turns it into a Decimal; empty where it cannot.", "'1.50'.toDecimal()"}, run_to_decimal, 0, 0, Shape::any, Shape::number, {}},
    {{"convertsToDecimal", "conversion", "小数にできれば true。", "True if it can be turned into a Decimal.", "'1.50'.convertsToDecimal()"}, run_converts_to_decimal, 0, 0, Shape::any, Shape::boolean, {}},
    {{"toDate", "conversion", "日付にする。できなければ空。", "Turns it into a Date; empty where it cannot.", "'2020-04-01'.toDate()"}, run_to_date, 0, 0, Shape::any, Shape::date, {}},
    {{"convertsToDate", "conversion", "日付にできれば true。", "True if it can be turned into a Date.", "'2020-04-01'.convertsToDate()"}, run_converts_to_date, 0, 0, Shape::any, Shape::boolean, {}},
    {{"toDateTime", "conversion", "日時にする。できなければ空。", "Turns it into a DateTime; empty where it cannot.", "'2020-04-01T09:30'.toDateTime()"}, run_to_date_time, 0, 0, Shape::any, Shape::date_time, {}},
    {{"convertsToDateTime", "conversion", "日時にできれば true。", "True if it can be turned into a DateTime.", "'2020-04-01T09:30'.convertsToDateTime()"}, run_converts_to_date_time, 0, 0, Shape::any, Shape::boolean, {}},
    {{"toTime", "conversion", "時刻にする。できなければ空。", "Turns it into a Time; empty where it cannot.", "'09:30'.toTime()"}, run_to_time, 0, 0, Shape::any, Shape::time, {}},
    {{"convertsToTime", "conversion", "時刻にできれば true。", "True if it can be turned into a Time.", "'09:30'.convertsToTime()"}, run_converts_to_time, 0, 0, Shape::any, Shape::boolean, {}},
    {{"toQuantity", "conversion", "数量にする。できなければ空。", "Turns it into a Quantity; empty where it cannot.", "'4 days'.toQuantity()"}, run_to_quantity, 0, 1, Shape::any, Shape::quantity, {Shape::text}},
    {{"convertsToQuantity", "conversion", "数量にできれば true。", "True if it can be turned into a Quantity.", "'4 days'.convertsToQuantity()"}, run_converts_to_quantity, 0, 1, Shape::any, Shape::boolean, {Shape::text}},
    {{"toString", "conversion", "文字列にする。できなければ空。", "Turns it into a String; empty where it cannot.", "12.toString()"}, run_to_string, 0, 0, Shape::any, Shape::text, {}},
    {{"convertsToString", "conversion", "文字列にできれば true。", "True if it can be turned into a String.", "12.convertsToString()"}, run_converts_to_string, 0, 0, Shape::any, Shape::boolean, {}},
    {{"indexOf", "text", "最初に現れる位置（0 から）。なければ -1。", "Where it first occurs, from 0; -1 where it does not.", "'abc'.indexOf('b')"}, run_index_of, 1, 1, Shape::text, Shape::integer, {Shape::text}},
    {{"lastIndexOf", "text", "最後に現れる位置（0 から）。なければ -1。", "Where it last occurs, from 0; -1 where it does not.", "'abcb'.lastIndexOf('b')"}, run_last_index_of, 1, 1, Shape::text, Shape::integer, {Shape::text}},
    {{"substring", "text", "その位置から（その長さだけ）。", "From that position on (so many characters).", "'12345'.substring(1, 3)"}, run_substring, 1, 2, Shape::text, Shape::text, {Shape::integer, Shape::integer}},
    {{"startsWith", "text", "それで始まれば true。", "True if it begins so.", "'12345'.startsWith('12')"}, run_starts_with, 1, 1, Shape::text, Shape::boolean, {Shape::text}},
    {{"endsWith", "text", "それで終われば true。", "True if it ends so.", "'12345'.endsWith('45')"}, run_ends_with, 1, 1, Shape::text, Shape::boolean, {Shape::text}},
    {{"contains", "text", "それを含めば true。", "True if it contains that.", "'12345'.contains('34')"}, run_contains, 1, 1, Shape::text, Shape::boolean, {Shape::text}},
    {{"upper", "text", "大文字にする。", "In upper case.", "'abc'.upper()"}, run_upper, 0, 0, Shape::text, Shape::text, {}},
    {{"lower", "text", "小文字にする。", "In lower case.", "'ABC'.lower()"}, run_lower, 0, 0, Shape::text, Shape::text, {}},
    {{"replace", "text", "すべて置き換える。", "All occurrences replaced.", "'2020/04/01'.replace('/', '-')"}, run_replace, 2, 2, Shape::text, Shape::text, {Shape::text, Shape::text}},
    {{"matches", "text", "正規表現に合う部分があれば true。", "True if the regular expression matches somewhere.", "'03-1234-5678'.matches('[0-9]{4}')"}, run_matches, 1, 2, Shape::text, Shape::boolean, {Shape::text, Shape::text}},
    {{"matchesFull", "text", "全体が正規表現に合えば true。", "True if the regular expression matches all of it.", "'1638001'.matchesFull('[0-9]{7}')"}, run_matches_full, 1, 2, Shape::text, Shape::boolean, {Shape::text, Shape::text}},
    {{"replaceMatches", "text", "正規表現に合う部分を置き換える。$1 は一番目の括弧。", "All matches replaced; $1 is the first group.", "'2020/4/1'.replaceMatches('/', '-')"}, run_replace_matches, 2, 3, Shape::text, Shape::text, {Shape::text, Shape::text, Shape::text}},
    {{"length", "text", "文字数。", "How many characters.", "'東京'.length()"}, run_length, 0, 0, Shape::text, Shape::integer, {}},
    {{"toChars", "text", "一文字ずつに分ける。", "Its characters.", "'abc'.toChars()"}, run_to_chars, 0, 0, Shape::text, Shape::texts, {}},
    {{"trim", "text", "前後の空白を除く（全角も）。", "Without blanks at both ends (full-width ones too).", "' a '.trim()"}, run_trim, 0, 0, Shape::text, Shape::text, {}},
    {{"split", "text", "区切りで分ける。", "Its parts between separators.", "'A,B'.split(',')"}, run_split, 1, 1, Shape::text, Shape::texts, {Shape::text}},
    {{"join", "text", "区切りを入れてつなぐ。", "All items joined, with a separator between.", "Patient.name.given.join(' ')"}, run_join, 0, 1, Shape::texts, Shape::text, {Shape::text}},
    {{"encode", "text", "hex、base64、urlbase64 にする。", "Encoded: hex, base64 or urlbase64.", "'test'.encode('base64')"}, run_encode, 1, 1, Shape::text, Shape::text, {Shape::text}},
    {{"decode", "text", "hex、base64、urlbase64 から戻す。", "Decoded: hex, base64 or urlbase64.", "'dGVzdA=='.decode('base64')"}, run_decode, 1, 1, Shape::text, Shape::text, {Shape::text}},
    {{"escape", "text", "html または json の書き方にする。", "Escaped for html or json.", "'1 < 2'.escape('html')"}, run_escape, 1, 1, Shape::text, Shape::text, {Shape::text}},
    {{"unescape", "text", "html または json の書き方から戻す。", "Unescaped from html or json.", "'1 &lt; 2'.unescape('html')"}, run_unescape, 1, 1, Shape::text, Shape::text, {Shape::text}},
    {{"abs", "mathematics", "絶対値。", "The absolute value.", "(-5).abs()"}, run_abs, 0, 0, Shape::amount, Shape::one, {}},
    {{"ceiling", "mathematics", "切り上げた整数。", "The least integer not below it.", "1.1.ceiling()"}, run_ceiling, 0, 0, Shape::number, Shape::integer, {}},
    {{"floor", "mathematics", "切り下げた整数。", "The greatest integer not above it.", "1.9.floor()"}, run_floor, 0, 0, Shape::number, Shape::integer, {}},
    {{"truncate", "mathematics", "小数を捨てた整数。", "Its integer part.", "(-1.9).truncate()"}, run_truncate, 0, 0, Shape::number, Shape::integer, {}},
    {{"round", "mathematics", "四捨五入する。", "Rounded, half away from zero.", "3.14159.round(3)"}, run_round, 0, 1, Shape::number, Shape::number, {Shape::integer}},
    {{"exp", "mathematics", "e の累乗。", "e raised to it.", "0.exp()"}, run_exp, 0, 0, Shape::number, Shape::number, {}},
    {{"ln", "mathematics", "自然対数。", "The natural logarithm.", "1.ln()"}, run_ln, 0, 0, Shape::number, Shape::number, {}},
    {{"log", "mathematics", "対数。", "The logarithm.", "16.log(2)"}, run_log, 1, 1, Shape::number, Shape::number, {Shape::number}},
    {{"power", "mathematics", "累乗。", "Raised to that power.", "2.power(3)"}, run_power, 1, 1, Shape::number, Shape::number, {Shape::number}},
    {{"sqrt", "mathematics", "平方根。", "The square root.", "81.sqrt()"}, run_sqrt, 0, 0, Shape::number, Shape::number, {}},
    {{"children", "navigation", "すぐ下の要素すべて。", "All elements directly below.", "Patient.name.children()"}, run_children, 0, 0, Shape::any, Shape::unordered, {}},
    {{"descendants", "navigation", "下の要素すべて。", "All elements below, however deep.", "Questionnaire.descendants().linkId"}, run_descendants, 0, 0, Shape::any, Shape::unordered, {}},
    {{"extension", "navigation", "その URL の拡張（FHIR）。", "The extensions with that URL (FHIR).", "Patient.extension('http://example.org/x').value"}, run_extension, 1, 1, Shape::any, Shape::extension, {Shape::text}},
    {{"resolve", "navigation", "参照先のリソース。同じ Bundle や contained の中を探す（FHIR）。", "The resource referred to, in the same Bundle or contained (FHIR).", "Observation.subject.resolve()"}, run_resolve, 0, 0, Shape::any, Shape::resource, {}},
    {{"trace", "utility", "途中の値を記録に出す。", "Shows what passes, and passes it on.", "Patient.name.trace('names').given"}, run_trace, 1, 2, Shape::any, Shape::same, {Shape::text, Shape::projection}},
    {{"now", "utility", "今の日時。", "The present moment.", "now()"}, run_now, 0, 0, Shape::any, Shape::date_time, {}},
    {{"today", "utility", "今日。", "The present day.", "today()"}, run_today, 0, 0, Shape::any, Shape::date, {}},
    {{"timeOfDay", "utility", "今の時刻。", "The present time of day.", "timeOfDay()"}, run_time_of_day, 0, 0, Shape::any, Shape::time, {}},
    {{"defineVariable", "utility", "後で %名前 として使う値を決める。", "Names a value that %name then means.", "defineVariable('n', Patient.name.first()).select(%n.given)"}, run_define_variable, 1, 2, Shape::any, Shape::same, {Shape::text, Shape::whole}},
    {{"lowBoundary", "utility", "ありうる最も小さい値。", "The least value it may mean.", "@2020-04.lowBoundary()"}, run_low_boundary, 0, 1, Shape::any, Shape::one, {Shape::integer}},
    {{"highBoundary", "utility", "ありうる最も大きい値。", "The greatest value it may mean.", "@2020-04.highBoundary()"}, run_high_boundary, 0, 1, Shape::any, Shape::one, {Shape::integer}},
    {{"precision", "utility", "何桁まで分かっているか。", "To how many digits it is known.", "@2020-04.precision()"}, run_precision, 0, 0, Shape::any, Shape::integer, {}},
    {{"comparable", "utility", "単位が比べられれば true。", "True if the units can be compared.", "1 'cm'.comparable(1 'm')"}, run_comparable, 1, 1, Shape::any, Shape::boolean, {Shape::any}},
    {{"yearOf", "dates", "年。", "Its year.", "@2020-04-01.yearOf()"}, run_year_of, 0, 0, Shape::moment, Shape::integer, {}},
    {{"monthOf", "dates", "月。", "Its month.", "@2020-04-01.monthOf()"}, run_month_of, 0, 0, Shape::moment, Shape::integer, {}},
    {{"dayOf", "dates", "日。", "Its day of the month.", "@2020-04-01.dayOf()"}, run_day_of, 0, 0, Shape::moment, Shape::integer, {}},
    {{"hourOf", "dates", "時。", "Its hour.", "@T09:30.hourOf()"}, run_hour_of, 0, 0, Shape::moment, Shape::integer, {}},
    {{"minuteOf", "dates", "分。", "Its minute.", "@T09:30.minuteOf()"}, run_minute_of, 0, 0, Shape::moment, Shape::integer, {}},
    {{"secondOf", "dates", "秒。", "Its second.", "@T09:30:15.secondOf()"}, run_second_of, 0, 0, Shape::moment, Shape::integer, {}},
    {{"millisecondOf", "dates", "ミリ秒。", "Its millisecond.", "@T09:30:15.250.millisecondOf()"}, run_millisecond_of, 0, 0, Shape::moment, Shape::integer, {}},
    {{"timezoneOffsetOf", "dates", "UTC との差（時間）。", "Its offset from UTC in hours.", "@2020-04-01T09:00:00+09:00.timezoneOffsetOf()"}, run_timezone_offset_of, 0, 0, Shape::moment, Shape::number, {}},
    {{"dateOf", "dates", "日付の部分。", "Its date.", "@2020-04-01T09:00:00.dateOf()"}, run_date_of, 0, 0, Shape::moment, Shape::date, {}},
    {{"timeOf", "dates", "時刻の部分。", "Its time of day.", "@2020-04-01T09:00:00.timeOf()"}, run_time_of, 0, 0, Shape::moment, Shape::time, {}},
    {{"duration", "dates", "その単位で丸々いくつ経つか。", "Whole units from one to the other.", "@2020-04-01.duration(@2020-05-01, 'days')"}, run_duration, 2, 2, Shape::moment, Shape::integer, {Shape::moment, Shape::text}},
    {{"difference", "dates", "その単位の境をいくつ越えるか。", "Boundaries of the unit between one and the other.", "@2019-12-31.difference(@2020-01-01, 'years')"}, run_difference, 2, 2, Shape::moment, Shape::integer, {Shape::moment, Shape::text}},
    {{"memberOf", "terminology", "コードが値セットにあれば true（FHIR）。", "True if the code is in the value set (FHIR).", "Patient.gender.memberOf('http://hl7.org/fhir/ValueSet/administrative-gender')"}, run_member_of, 1, 1, Shape::any, Shape::boolean, {Shape::text}},
    {{"subsumes", "terminology", "コードが引数のコードと同じか上位なら true（FHIR）。", "True if the code is that of the argument or above it (FHIR).", "Observation.code.coding.first().subsumes(%other)"}, run_subsumes, 1, 1, Shape::any, Shape::boolean, {Shape::any}},
    {{"subsumedBy", "terminology", "コードが引数のコードと同じか下位なら true（FHIR）。", "True if the code is that of the argument or below it (FHIR).", "Observation.code.coding.first().subsumedBy(%other)"}, run_subsumed_by, 1, 1, Shape::any, Shape::boolean, {Shape::any}},
    {{"conformsTo", "terminology", "その型の定義に合えば true（FHIR の基本の型）。", "True if it is of the type so defined (base types of FHIR).", "conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')"}, run_conforms_to, 1, 1, Shape::any, Shape::boolean, {Shape::text}},
    {{"htmlChecks", "terminology", "FHIR の許す XHTML なら true。", "True if it is XHTML as FHIR allows it.", "Patient.text.div.htmlChecks()"}, run_html_checks, 0, 0, Shape::any, Shape::boolean, {}},
    {{"checkModifiers", "terminology", "引数にない modifierExtension があれば誤り（FHIR）。", "An error where a modifier extension is not among the arguments (FHIR).", "Patient.checkModifiers('http://example.org/x')"}, run_check_modifiers, 0, 255, Shape::any, Shape::same, {Shape::text}},
    {{"wareki", "japanese", "和暦や西暦の書き方の日付を読む。", "Reads a date as it is written in Japan.", "'令和2年4月1日'.wareki()"}, run_wareki, 0, 0, Shape::text, Shape::date, {}},
    {{"toWareki", "japanese", "和暦で書く。", "Writes a date in the Japanese calendar.", "@2020-04-01.toWareki()"}, run_to_wareki, 0, 0, Shape::any, Shape::text, {}},
    {{"kana", "japanese", "全角カタカナにする。", "In katakana.", "'やまだ'.kana()"}, run_kana, 0, 0, Shape::text, Shape::text, {}},
    {{"hiragana", "japanese", "ひらがなにする。", "In hiragana.", "'ヤマダ'.hiragana()"}, run_hiragana, 0, 0, Shape::text, Shape::text, {}},
    {{"halfwidth", "japanese", "英数字と記号を半角にする。", "Letters, digits and signs in half width.", "'１２３'.halfwidth()"}, run_halfwidth, 0, 0, Shape::text, Shape::text, {}},
    {{"fullwidth", "japanese", "全角にする。", "In full width.", "'123'.fullwidth()"}, run_fullwidth, 0, 0, Shape::text, Shape::text, {}},
    {{"municipality", "japanese", "市区町村の名前やコードから 6 桁のコード。都道府県で絞れる。", "The six-digit code of a municipality by name or code, within a prefecture.", "'新宿区'.municipality('13')"}, run_municipality, 0, 1, Shape::text, Shape::text, {Shape::text}},
    {{"prefecture", "japanese", "都道府県の 2 桁のコード。", "The two-digit code of the prefecture.", "'東京都'.prefecture()"}, run_prefecture, 0, 0, Shape::text, Shape::text, {}},
    {{"phone", "japanese", "電話番号を数字だけにする。", "A telephone number in digits only.", "'（03）1234-5678'.phone()"}, run_phone, 0, 0, Shape::text, Shape::text, {}},
    {{"postal", "japanese", "郵便番号を 163-8001 の形にする。", "A postal code in the form 163-8001.", "'〒1638001'.postal()"}, run_postal, 0, 0, Shape::text, Shape::text, {}},
    {{"ageAt", "japanese", "その日の満年齢。", "Full years of age on that day.", "@1974-12-25.ageAt(@2020-04-01)"}, run_age_at, 1, 1, Shape::any, Shape::integer, {Shape::any}},
    {{"ageBand", "japanese", "年代（10歳未満、10代 … 90歳以上）。", "The age band as it is published.", "45.ageBand()"}, run_age_band, 0, 0, Shape::any, Shape::text, {}},
    {{"excelDate", "japanese", "表計算の日付の番号を日付にする。", "The date that the number of a spreadsheet means.", "43922.excelDate()"}, run_excel_date, 0, 1, Shape::any, Shape::date, {Shape::boolean}},
    {{"nameParts", "japanese", "空白で姓と名に分ける。", "Family and given name, divided at the blank.", "'山田 太郎'.nameParts()"}, run_name_parts, 0, 0, Shape::text, Shape::texts, {}},
};

}  // namespace

std::span<const FunctionEntry> function_entries() noexcept { return kFunctions; }

const FunctionEntry* find_function(std::string_view name) noexcept {
  const auto found = std::ranges::find(kFunctions, name, [](const FunctionEntry& entry) { return entry.info.name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

Shape argument_shape(const FunctionEntry& function, std::size_t index) noexcept {
  return function.arguments[function.most == kAnyNumber ? 0 : std::min(index, function.arguments.size() - 1)];
}

std::string_view nearest_function(std::string_view name) {
  constexpr std::size_t kFar = 3;
  std::string_view nearest;
  auto least = std::min(kFar, name.size() / 2 + 1);
  for (const auto& entry : kFunctions) {
    const auto distance = base::edit_distance(name, entry.info.name, least);
    if (distance >= least) continue;
    least = distance;
    nearest = entry.info.name;
  }
  return nearest;
}

std::vector<FunctionInfo> functions() {
  std::vector<FunctionInfo> all;
  for (const auto& entry : kFunctions) all.push_back(entry.info);
  return all;
}

}  // namespace musubi::fhirpath
