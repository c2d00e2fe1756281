// Counting words: the plural form comes from the language's own rules.

export function counter(language: string): (n: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language === 'es' ? 'es-CO' : language);
  return (n, one, other) => `${digits.format(n)} ${rules.select(n) === 'one' ? one : other}`;
}
