// Makes src-tauri/crates/station/data/countries.txt: the countries of ISO 3166 with their English and
// Chinese names, as Node's own ICU has them (Unicode CLDR, Unicode licence). Run: node scripts/countries.mjs
import { writeFileSync } from 'node:fs';

// Codes that CLDR knows and ISO has withdrawn, reserved or never given; China is not abroad.
const OUT = new Set(
  ('AC BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB YD YU ZR ZZ AN NT PC JT MI NQ PU PZ ' +
    'WK FQ CT').split(' '),
);
// Without postal codes, or with ones that hardly anybody writes: Universal Postal Union, 2026.
const NO_CODES = new Set(
  ('AO AG AW BS BZ BJ BO BW BF BI CM CF KM CG CD CK CI CW DJ DM GQ ER FJ TF GM GH GD GY HK KI KP LY MO MW ML MR NR ' +
    'NU PA QA RW ST SC SL SX SB SO SR SY TL TG TK TO TV UG AE VU YE ZW JM TD TZ GN BQ IE').split(' '),
);

const [en, zh] = ['en', 'zh-Hans'].map((tongue) => new Intl.DisplayNames([tongue], { type: 'region' }));
const lines = [
  '# Countries: code, name in English and in Chinese, `-` where addresses need no postal code.',
  `# Made by scripts/countries.mjs from Unicode CLDR ${process.versions.cldr} (Unicode licence) as Node has it; do not edit.`,
];
for (let a = 65; a < 91; a++)
  for (let b = 65; b < 91; b++) {
    const code = String.fromCharCode(a, b);
    const name = en.of(code);
    if (name === code || OUT.has(code)) continue;
    lines.push([code, name, zh.of(code), ...(NO_CODES.has(code) ? ['-'] : [])].join('\t'));
  }
writeFileSync('src-tauri/crates/station/data/countries.txt', lines.join('\n') + '\n');
