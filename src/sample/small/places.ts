/** Shops, carriers and points of the sample. Shop names say "sample" in their languages; checkpoints are public knowledge. */

export interface Shop {
  readonly name: string
  readonly address: string
  readonly currency: string
  /** Tenge for one unit of the currency. */
  readonly rate: number
}

export const SHOPS_ABROAD: readonly Shop[] = [
  { name: 'ÖRNEK TELEKOM', address: 'Örnek Cad. 12, İstanbul, Türkiye', currency: 'TRY', rate: 12.4 },
  { name: 'SAMPLE ELECTRONICS LLC', address: 'Al Namuna St. 7, Deira, Dubai, UAE', currency: 'AED', rate: 142 },
  { name: 'NAMUNA MOBILE', address: "Namuna ko'chasi 3, Toshkent, O'zbekiston", currency: 'UZS', rate: 0.043 },
  { name: 'ОБРАЗЕЦ-СВЯЗЬ', address: 'ул. Примерная, 21, Москва, Россия', currency: 'RUB', rate: 6.2 },
  { name: 'YANGBEN DIGITAL', address: 'Yangben Rd. 88, Urumqi, China', currency: 'CNY', rate: 73 },
]

export const SHOPS_ONLINE: readonly Shop[] = [
  { name: 'sample-mall.example', address: 'Warehouse 5, Shenzhen, China', currency: 'USD', rate: 522 },
  { name: 'beispielshop.example', address: 'Musterweg 4, Leipzig, Deutschland', currency: 'EUR', rate: 601 },
]

export const MARKETPLACES: readonly Shop[] = [
  { name: 'ulgi-market.example', address: 'Алматы қ., Үлгі к-сі 15', currency: 'KZT', rate: 1 },
  { name: 'mysal-sauda.example', address: 'Астана қ., Мысал д-лы 40', currency: 'KZT', rate: 1 },
]

export const SERVICE_CENTRES = ['СЦ «Образец-Сервис», г. Алматы', '«Үлгі Сервис» қызмет көрсету орталығы, Астана қ.']

export const CARRIERS = { post: 'SAMPLE POST', courier: 'SAMPLE EXPRESS' } as const

export const POINTS = ['Алматы әуежайы', 'Астана әуежайы', 'Нұр жолы', 'Қордай', 'Б. Қонысбаев', 'Шымкент әуежайы']
