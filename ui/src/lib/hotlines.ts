// The carriers' public service lines in China, by our short word for each; as printed on their own
// waybills and sites.

const LINES: Record<string, string> = {
  SF: '95338',
  JD: '950616',
  ZTO: '95311',
  STO: '95543',
  YTO: '95554',
  YD: '95546',
  JTSD: '956025',
  EMS: '11183',
  YZPY: '11183',
  DBL: '95353',
};

/** The service line of a carrier; `undefined` where none is known. */
export function hotline(carrierCode: string): string | undefined {
  return LINES[carrierCode];
}
